// The staff PIN and the recovery code, in Portuguese.

export const access = {
  'access.title': 'PIN dos funcionários',
  'access.what': 'Escreva o PIN para sair do ecrã dos visitantes.',
  'access.codeTitle': 'Código de recuperação',
  'access.codeWhat': 'Escreva as 20 letras e algarismos da folha impressa. Serve uma vez; depois escolha um PIN novo.',
  'access.digits': { one: '{n} algarismo escrito', many: '{n} algarismos escritos', other: '{n} algarismos escritos' },
  'access.letters': { one: '{n} de 20 escrito', many: '{n} de 20 escritos', other: '{n} de 20 escritos' },
  'access.keys': 'Teclas',
  'access.delete': 'Apagar o último',
  'access.check': 'Verificar o PIN',
  'access.checkCode': 'Verificar o código',
  'access.back': 'Voltar',
  'access.forgot': 'Esqueci-me do PIN',
  'access.usePin': 'Escrever antes o PIN',
  'access.looking': 'A verificar…',
  'access.wrong': {
    one: 'Não era esse. Resta {n} tentativa.',
    many: 'Não era esse. Restam {n} tentativas.',
    other: 'Não era esse. Restam {n} tentativas.',
  },
  'access.locked': 'Demasiadas tentativas.',
  'access.waitSeconds': {
    one: 'Tente de novo dentro de {n} segundo.',
    many: 'Tente de novo dentro de {n} segundos.',
    other: 'Tente de novo dentro de {n} segundos.',
  },
  'access.waitMinutes': {
    one: 'Tente de novo dentro de {n} minuto.',
    many: 'Tente de novo dentro de {n} minutos.',
    other: 'Tente de novo dentro de {n} minutos.',
  },
} as const
