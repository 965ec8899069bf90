/** What a code means, and what to do: of errors, and of records that were rejected or adjusted. */
export const codes: Record<string, [string, string]> = {
  LOGIN_FAILED: [
    'usuario o contraseña rechazados',
    'Corrija la credencial y ejecute de nuevo. Varios fallos bloquean la cuenta.',
  ],
  ACCOUNT_LOCKED: [
    'cuenta bloqueada',
    'Espere a que el servidor la desbloquee, o pídalo a un administrador. Revise antes la credencial.',
  ],
  CONNECTION_REFUSED: [
    'el servidor no responde',
    'Revise la dirección en las credenciales y si el servidor funciona. Luego ejecute de nuevo.',
  ],
  CONNECTION_LOST: ['conexión perdida', 'Ejecute de nuevo: continúa sin riesgo.'],
  UNKNOWN_HOST: [
    'servidor desconocido',
    'Corrija la dirección en las credenciales, o revise la red.',
  ],
  TIMEOUT: [
    'el servidor tardó demasiado',
    'Ejecute de nuevo más tarde, con un batchSize menor si ocurre a menudo.',
  ],
  MISSING_PERMISSION: [
    'falta un permiso',
    'Dé a la cuenta de la credencial el permiso que indica el mensaje.',
  ],
  NO_WRITE_ACCESS: [
    'la cuenta no puede escribir',
    'Dé a la cuenta el permiso de escritura de datos para lo que indica el mensaje.',
  ],
  BAD_MAPPING: [
    'error en la correspondencia',
    'Corrija las líneas del job que indica el mensaje. No se escribió nada.',
  ],
  FOREIGN_STATE: [
    'estado de otro servidor, brote, programa o flujo',
    'Use el estado de este flujo de trabajo, o empiece con un archivo nuevo en --state.',
  ],
  LARGE_CHANGE: [
    'la ejecución quitaría mucho',
    'Mire los cambios con --dry-run. Si son correctos, ejecute con --allow-large-change.',
  ],
  UNKNOWN_OUTBREAK: [
    'brote desconocido',
    'Corrija el brote en el job, o dé a la cuenta acceso a él.',
  ],
  CONFLICT: ['cambiado en ambos sistemas', 'Introduzca el valor correcto en ambos sistemas.'],
  INVALID_DATE: ['fecha que no existe', 'Corrija la fecha en su origen.'],
  UNKNOWN_LOCATION: [
    'ningún lugar para su unidad organizativa',
    'Ejecute org-units-to-locations y luego este flujo de nuevo.',
  ],
  UNKNOWN_ORG_UNIT: [
    'ninguna unidad organizativa para su lugar',
    'Introduzca el código de la unidad organizativa en el lugar de Go.Data, o ejecute org-units-to-locations.',
  ],
  DUPLICATE_PERSON: ['dos registros son una persona', 'Únalos en su origen, o corrija el enlace.'],
  AMBIGUOUS_PERSON: [
    'varios registros tienen su id',
    'Únalos en el destino, o quite el id del equivocado.',
  ],
  VALIDATION_FAILED: [
    'falta un campo obligatorio, o es erróneo',
    'Introduzca el campo que indica el mensaje.',
  ],
  E1018: [
    'un atributo obligatorio no tiene valor',
    'Introdúzcalo en Go.Data, o añádalo a la correspondencia.',
  ],
  E1020: ['inscripción en el futuro', 'Corrija el día en Go.Data, o permítalo en el programa.'],
  E1064: ['otra persona tiene este valor único', 'Una ambas, o corrija el valor.'],
  E1125: [
    'código que no está en el conjunto de opciones',
    'Corrija la tabla de códigos de la correspondencia, o añada la opción en DHIS2.',
  ],
  E1302: [
    'valor del tipo equivocado',
    'Corríjalo en Go.Data, o cómo lo escribe la correspondencia.',
  ],
  E1029: [
    'programa no asignado a su unidad organizativa',
    'Asigne el programa a la unidad organizativa en DHIS2.',
  ],
  READ_BACK: [
    'aceptado, pero ahora el valor es otro',
    'Alguien más escribe este valor: averigüe quién y ejecute de nuevo.',
  ],
  CELL_OF_ANOTHER_OUTBREAK: [
    'valor escrito para otro brote',
    'Use otro conjunto de datos u otros elementos para este brote.',
  ],
  NAME_TAKEN: [
    'el nombre ya existe bajo el mismo padre',
    'Cambie el nombre del lugar hecho a mano, o deje que link lo enlace.',
  ],
  SIBLING_NAME: [
    'nombre hecho distinto',
    'Cambie el nombre de una de las unidades organizativas en DHIS2 para evitarlo.',
  ],
  BROKEN_COORDINATES: ['coordenadas fuera de la tierra', 'Corrija las coordenadas en su origen.'],
  DELETED_IN_GODATA: ['eliminado en Go.Data', 'Restáurelo en Go.Data para sincronizarlo de nuevo.'],
};
