// The visitors’ screen, in Portuguese.

export const kiosk = {
  'kiosk.askMe': 'Pergunte-me',
  'kiosk.touch': 'Toque no ecrã para começar',
  'kiosk.topics': 'Temas',
  'kiosk.chooseLanguage': 'Escolha o seu idioma',
  'kiosk.contrast': 'Contraste forte',

  'kiosk.listen': 'Ler em voz alta',
  'kiosk.stopListening': 'Parar de ler',
  'kiosk.takeAlong': 'Levar consigo',
  'kiosk.takeAlongHow': 'Aponte a câmara do telemóvel para o quadrado. Contém o texto abaixo; nada é enviado.',
  'kiosk.takeAlongPicture': 'Um quadrado para a câmara de um telemóvel. Contém o texto ao lado.',
  'kiosk.takeAlongCut': 'O quadrado contém o início da resposta.',

  'kiosk.stillThere': 'Ainda está aí?',
  'kiosk.stillThereLine': {
    one: 'Dentro de {n} segundo este ecrã esquece as suas perguntas.',
    many: 'Dentro de {n} segundos este ecrã esquece as suas perguntas.',
    other: 'Dentro de {n} segundos este ecrã esquece as suas perguntas.',
  },
  'kiosk.stay': 'Sim, continuar',
  'kiosk.finish': 'Não, já terminei',

  'kiosk.personLine': 'Os funcionários verão que está à espera. Não precisa de preencher nada.',
  'kiosk.personContact': 'O seu nome ou número de telefone',
  'kiosk.personNote': 'De que se trata?',
  'kiosk.personCall': 'Avisar os funcionários',
  'kiosk.personCalling': 'A avisar os funcionários…',
  'kiosk.personNumber': 'O seu número',
  'kiosk.personBack': 'Voltar às minhas perguntas',
  'kiosk.personFailed': 'Neste momento não foi possível avisar os funcionários. Pode contactá-los assim:',
  'kiosk.personReplies': 'As respostas dos funcionários aparecem aqui.',
  'kiosk.staff': 'Funcionários',

  'kiosk.keyboard': 'Teclado',
  'kiosk.keyShift': 'Maiúsculas',
  'kiosk.keyBackspace': 'Apagar um carácter',
  'kiosk.keySpace': 'Espaço',
  'kiosk.keySend': 'Enviar',
  'kiosk.keyNext': 'Campo seguinte',
  'kiosk.keyHide': 'Ocultar o teclado',
  'kiosk.keySigns': 'Números e sinais',
  'kiosk.keyLetters': 'Letras',

  'kiosk.leaveTitle': 'Só para funcionários',
  'kiosk.leaveNoPin': 'Ainda não há PIN. Escolha primeiro um na janela dos funcionários.',
  'kiosk.closedTitle': 'Este ecrã está fechado',
  'kiosk.closedLine': 'Não é possível perguntar aqui até que um funcionário o volte a abrir.',

  'kiosk.calmTitle': 'Um momento, por favor',
  'kiosk.calmLine': {
    one: 'Foram premidas demasiadas teclas ao mesmo tempo. Continua dentro de {n} segundo.',
    many: 'Foram premidas demasiadas teclas ao mesmo tempo. Continua dentro de {n} segundos.',
    other: 'Foram premidas demasiadas teclas ao mesmo tempo. Continua dentro de {n} segundos.',
  },
  'kiosk.pasteTooLong': 'É demasiado longo. Escreva uma pergunta curta, por favor.',

  'kiosk.tour': 'Visita guiada',
  'kiosk.tourStep': 'Pergunta {step} de {all}',
  'kiosk.tourNext': 'Fazê-la',
  'kiosk.bytesSent': { one: '{n} byte enviado', many: '{n} bytes enviados', other: '{n} bytes enviados' },
  'kiosk.onlyHere': 'Esta página só pode falar com este programa.',
  'kiosk.reset': 'Repor (F9)',
} as const
