/** What a code means, and what to do: of errors, and of records that were rejected or adjusted. */
export const codes: Record<string, [string, string]> = {
  LOGIN_FAILED: [
    'nome de utilizador ou palavra-passe recusados',
    'Corrija a credencial e execute de novo. Várias falhas bloqueiam a conta.',
  ],
  ACCOUNT_LOCKED: [
    'conta bloqueada',
    'Espere que o servidor a desbloqueie, ou peça-o a um administrador. Verifique antes a credencial.',
  ],
  CONNECTION_REFUSED: [
    'o servidor não responde',
    'Verifique o endereço nas credenciais e se o servidor está a funcionar. Depois execute de novo.',
  ],
  CONNECTION_LOST: ['ligação perdida', 'Execute de novo: continua com segurança.'],
  UNKNOWN_HOST: [
    'servidor desconhecido',
    'Corrija o endereço nas credenciais, ou verifique a rede.',
  ],
  TIMEOUT: [
    'o servidor demorou demasiado',
    'Execute de novo mais tarde, com um batchSize menor se acontecer muitas vezes.',
  ],
  MISSING_PERMISSION: [
    'falta uma permissão',
    'Dê à conta da credencial a permissão que a mensagem indica.',
  ],
  NO_WRITE_ACCESS: [
    'a conta não pode gravar',
    'Dê à conta a partilha de escrita de dados para o que a mensagem indica.',
  ],
  BAD_MAPPING: [
    'erro no mapeamento',
    'Corrija as linhas do job que a mensagem indica. Nada foi gravado.',
  ],
  FOREIGN_STATE: [
    'estado de outro servidor, surto, programa ou fluxo',
    'Use o estado deste fluxo de trabalho, ou comece com um ficheiro novo em --state.',
  ],
  LARGE_CHANGE: [
    'a execução retiraria muito',
    'Veja as alterações com --dry-run. Se estiverem certas, execute com --allow-large-change.',
  ],
  UNKNOWN_OUTBREAK: ['surto desconhecido', 'Corrija o surto no job, ou dê à conta acesso a ele.'],
  CONFLICT: ['alterado nos dois sistemas', 'Introduza o valor correto nos dois sistemas.'],
  INVALID_DATE: ['data que não existe', 'Corrija a data na origem.'],
  UNKNOWN_LOCATION: [
    'nenhum local para a unidade organizacional',
    'Execute org-units-to-locations e depois este fluxo de novo.',
  ],
  UNKNOWN_ORG_UNIT: [
    'nenhuma unidade organizacional para o local',
    'Introduza o código da unidade organizacional no local do Go.Data, ou execute org-units-to-locations.',
  ],
  DUPLICATE_PERSON: ['dois registos são uma pessoa', 'Junte-os na origem, ou corrija a ligação.'],
  AMBIGUOUS_PERSON: [
    'vários registos têm o seu id',
    'Junte-os no destino, ou retire o id do errado.',
  ],
  VALIDATION_FAILED: [
    'falta um campo obrigatório, ou está errado',
    'Introduza o campo que a mensagem indica.',
  ],
  E1018: [
    'um atributo obrigatório não tem valor',
    'Introduza-o no Go.Data, ou acrescente-o ao mapeamento.',
  ],
  E1020: ['inscrição no futuro', 'Corrija o dia no Go.Data, ou permita-o no programa.'],
  E1064: ['outra pessoa tem este valor único', 'Junte ambas, ou corrija o valor.'],
  E1125: [
    'código que não está no conjunto de opções',
    'Corrija a tabela de códigos do mapeamento, ou acrescente a opção no DHIS2.',
  ],
  E1302: ['valor do tipo errado', 'Corrija-o no Go.Data, ou a forma como o mapeamento o grava.'],
  E1029: [
    'programa não atribuído à unidade organizacional',
    'Atribua o programa à unidade organizacional no DHIS2.',
  ],
  READ_BACK: [
    'aceite, mas o valor agora é outro',
    'Outra pessoa grava este valor: descubra quem e execute de novo.',
  ],
  CELL_OF_ANOTHER_OUTBREAK: [
    'valor gravado para outro surto',
    'Use outro conjunto de dados ou outros elementos para este surto.',
  ],
  NAME_TAKEN: [
    'o nome já existe sob o mesmo pai',
    'Mude o nome do local criado à mão, ou deixe link ligá-lo.',
  ],
  SIBLING_NAME: [
    'nome tornado distinto',
    'Mude o nome de uma das unidades organizacionais no DHIS2 para o evitar.',
  ],
  BROKEN_COORDINATES: ['coordenadas fora da terra', 'Corrija as coordenadas na origem.'],
  DELETED_IN_GODATA: ['eliminado no Go.Data', 'Restaure-o no Go.Data para o sincronizar de novo.'],
};
