/** What a code means, and what to do: of errors, and of records that were rejected or adjusted. */
export const codes: Record<string, [string, string]> = {
  LOGIN_FAILED: [
    'nom d’utilisateur ou mot de passe refusé',
    'Corrigez l’identifiant de connexion, puis relancez. Plusieurs échecs verrouillent le compte.',
  ],
  ACCOUNT_LOCKED: [
    'compte verrouillé',
    'Attendez que le serveur le déverrouille, ou demandez-le à un administrateur. Vérifiez d’abord l’identifiant.',
  ],
  CONNECTION_REFUSED: [
    'le serveur ne répond pas',
    'Vérifiez l’adresse dans les identifiants et si le serveur fonctionne. Puis relancez.',
  ],
  CONNECTION_LOST: ['connexion perdue', 'Relancez : l’exécution continue sans risque.'],
  UNKNOWN_HOST: [
    'serveur inconnu',
    'Corrigez l’adresse dans les identifiants, ou vérifiez le réseau.',
  ],
  TIMEOUT: [
    'le serveur a mis trop de temps',
    'Relancez plus tard, avec un batchSize plus petit si cela se répète.',
  ],
  MISSING_PERMISSION: [
    'une autorisation manque',
    'Donnez au compte l’autorisation que le message nomme.',
  ],
  NO_WRITE_ACCESS: [
    'le compte ne peut pas écrire',
    'Donnez au compte le partage en écriture des données pour ce que le message nomme.',
  ],
  BAD_MAPPING: [
    'erreur dans la correspondance',
    'Corrigez les lignes du job que le message nomme. Rien n’a été écrit.',
  ],
  FOREIGN_STATE: [
    'état d’un autre serveur, flambée, programme ou flux',
    'Utilisez l’état de ce flux de travail, ou commencez avec un nouveau fichier pour --state.',
  ],
  LARGE_CHANGE: [
    'l’exécution enlèverait beaucoup',
    'Regardez les changements avec --dry-run. S’ils sont justes, lancez avec --allow-large-change.',
  ],
  UNKNOWN_OUTBREAK: [
    'flambée inconnue',
    'Corrigez la flambée dans le job, ou donnez au compte l’accès à celle-ci.',
  ],
  CONFLICT: ['changé dans les deux systèmes', 'Saisissez la bonne valeur dans les deux systèmes.'],
  INVALID_DATE: ['date qui n’existe pas', 'Corrigez la date dans sa source.'],
  UNKNOWN_LOCATION: [
    'aucun lieu pour son unité d’organisation',
    'Lancez org-units-to-locations, puis ce flux de travail de nouveau.',
  ],
  UNKNOWN_ORG_UNIT: [
    'aucune unité d’organisation pour son lieu',
    'Saisissez le code de l’unité d’organisation au lieu dans Go.Data, ou lancez org-units-to-locations.',
  ],
  DUPLICATE_PERSON: [
    'deux enregistrements sont une personne',
    'Fusionnez-les dans leur source, ou corrigez le lien.',
  ],
  AMBIGUOUS_PERSON: [
    'plusieurs enregistrements ont son identifiant',
    'Fusionnez-les dans la cible, ou retirez l’identifiant du mauvais.',
  ],
  VALIDATION_FAILED: [
    'un champ obligatoire manque ou est faux',
    'Saisissez le champ que le message nomme.',
  ],
  E1018: [
    'un attribut obligatoire n’a pas de valeur',
    'Saisissez-le dans Go.Data, ou ajoutez-le à la correspondance.',
  ],
  E1020: [
    'inscription dans le futur',
    'Corrigez le jour dans Go.Data, ou autorisez-le dans le programme.',
  ],
  E1064: ['une autre personne a cette valeur unique', 'Fusionnez les deux, ou corrigez la valeur.'],
  E1125: [
    'code absent de l’ensemble d’options',
    'Corrigez la table de codes de la correspondance, ou ajoutez l’option dans DHIS2.',
  ],
  E1302: [
    'valeur du mauvais type',
    'Corrigez-la dans Go.Data, ou la façon dont la correspondance l’écrit.',
  ],
  E1029: [
    'programme non affecté à son unité d’organisation',
    'Affectez le programme à l’unité d’organisation dans DHIS2.',
  ],
  READ_BACK: [
    'acceptée, mais la valeur est autre',
    'Quelqu’un d’autre écrit cette valeur : trouvez qui, puis relancez.',
  ],
  CELL_OF_ANOTHER_OUTBREAK: [
    'valeur écrite pour une autre flambée',
    'Utilisez un autre ensemble de données ou d’autres éléments pour cette flambée.',
  ],
  NAME_TAKEN: [
    'nom déjà pris sous le même parent',
    'Renommez le lieu créé à la main, ou laissez link le lier.',
  ],
  SIBLING_NAME: [
    'nom rendu distinct',
    'Renommez l’une des deux unités d’organisation dans DHIS2 pour l’éviter.',
  ],
  BROKEN_COORDINATES: [
    'coordonnées hors de la terre',
    'Corrigez les coordonnées dans leur source.',
  ],
  DELETED_IN_GODATA: [
    'supprimé dans Go.Data',
    'Restaurez-le dans Go.Data pour le synchroniser de nouveau.',
  ],
};
