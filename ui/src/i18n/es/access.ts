// The staff PIN and the recovery code, in Spanish.

export const access = {
  'access.title': 'PIN del personal',
  'access.what': 'Escriba el PIN para salir de la pantalla de visitantes.',
  'access.codeTitle': 'Código de recuperación',
  'access.codeWhat': 'Escriba las 20 letras y cifras de la hoja impresa. Sirve una vez; después elija un PIN nuevo.',
  'access.digits': { one: '{n} cifra escrita', many: '{n} cifras escritas', other: '{n} cifras escritas' },
  'access.letters': { one: '{n} de 20 escrita', many: '{n} de 20 escritas', other: '{n} de 20 escritas' },
  'access.keys': 'Teclas',
  'access.delete': 'Borrar la última',
  'access.check': 'Comprobar el PIN',
  'access.checkCode': 'Comprobar el código',
  'access.back': 'Atrás',
  'access.forgot': 'He olvidado el PIN',
  'access.usePin': 'Escribir el PIN en su lugar',
  'access.looking': 'Comprobando…',
  'access.wrong': {
    one: 'No era ese. Queda {n} intento.',
    many: 'No era ese. Quedan {n} intentos.',
    other: 'No era ese. Quedan {n} intentos.',
  },
  'access.locked': 'Demasiados intentos.',
  'access.waitSeconds': {
    one: 'Inténtelo de nuevo en {n} segundo.',
    many: 'Inténtelo de nuevo en {n} segundos.',
    other: 'Inténtelo de nuevo en {n} segundos.',
  },
  'access.waitMinutes': {
    one: 'Inténtelo de nuevo en {n} minuto.',
    many: 'Inténtelo de nuevo en {n} minutos.',
    other: 'Inténtelo de nuevo en {n} minutos.',
  },
} as const
