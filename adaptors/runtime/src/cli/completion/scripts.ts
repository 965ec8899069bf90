/** A shell whose command lines can be completed. */
export type Shell = 'bash' | 'zsh' | 'fish';

/**
 * Each script asks the command itself, so that it never knows less than the command. Where nothing
 * fits, the shell offers files.
 */
export const SCRIPTS: Record<Shell, string> = {
  bash: `# bash completion of godata-dhis2: source it in ~/.bashrc
_godata_dhis2() {
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  local IFS=$'\\n'
  COMPREPLY=($("\${COMP_WORDS[0]}" completion reply -- "\${words[@]}" 2>/dev/null))
}
complete -o default -F _godata_dhis2 godata-dhis2
`,
  zsh: `# zsh completion of godata-dhis2: source it in ~/.zshrc, after compinit
_godata_dhis2() {
  local -a found
  found=("\${(@f)$("\${words[1]}" completion reply -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  [[ -n "\${found[*]}" ]] && compadd -a found || _files
}
compdef _godata_dhis2 godata-dhis2
`,
  fish: `# fish completion of godata-dhis2: save it as ~/.config/fish/completions/godata-dhis2.fish
function __godata_dhis2
  set -l words (commandline -opc) (commandline -ct)
  $words[1] completion reply -- $words[2..-1] 2>/dev/null
end
complete -c godata-dhis2 -a '(__godata_dhis2)'
`,
};
