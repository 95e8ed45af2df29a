// The visitors’ screen, in Spanish.

export const kiosk = {
  'kiosk.askMe': 'Pregúnteme',
  'kiosk.touch': 'Toque la pantalla para empezar',
  'kiosk.topics': 'Temas',
  'kiosk.chooseLanguage': 'Elija su idioma',
  'kiosk.contrast': 'Contraste alto',

  'kiosk.listen': 'Leer en voz alta',
  'kiosk.stopListening': 'Dejar de leer',
  'kiosk.takeAlong': 'Llévesela',
  'kiosk.takeAlongHow': 'Apunte la cámara del teléfono al cuadrado. Contiene el texto de abajo; no se envía nada.',
  'kiosk.takeAlongPicture': 'Un cuadrado para la cámara de un teléfono. Contiene el texto de al lado.',
  'kiosk.takeAlongCut': 'El cuadrado contiene el principio de la respuesta.',

  'kiosk.stillThere': '¿Sigue ahí?',
  'kiosk.stillThereLine': {
    one: 'En {n} segundo, esta pantalla olvidará sus preguntas.',
    many: 'En {n} segundos, esta pantalla olvidará sus preguntas.',
    other: 'En {n} segundos, esta pantalla olvidará sus preguntas.',
  },
  'kiosk.stay': 'Sí, continuar',
  'kiosk.finish': 'No, he terminado',

  'kiosk.personLine': 'El personal verá que está esperando. No hace falta que rellene nada.',
  'kiosk.personContact': 'Su nombre o número de teléfono',
  'kiosk.personNote': '¿De qué se trata?',
  'kiosk.personCall': 'Avisar al personal',
  'kiosk.personCalling': 'Avisando al personal…',
  'kiosk.personNumber': 'Su número',
  'kiosk.personBack': 'Volver a mis preguntas',
  'kiosk.personFailed': 'Ahora mismo no se ha podido avisar al personal. Puede contactar así:',
  'kiosk.personReplies': 'Las respuestas del personal aparecen aquí.',
  'kiosk.staff': 'Personal',

  'kiosk.keyboard': 'Teclado',
  'kiosk.keyShift': 'Mayúsculas',
  'kiosk.keyBackspace': 'Borrar un carácter',
  'kiosk.keySpace': 'Espacio',
  'kiosk.keySend': 'Enviar',
  'kiosk.keyNext': 'Campo siguiente',
  'kiosk.keyHide': 'Ocultar el teclado',
  'kiosk.keySigns': 'Números y signos',
  'kiosk.keyLetters': 'Letras',

  'kiosk.leaveTitle': 'Solo para el personal',
  'kiosk.leaveNoPin': 'Todavía no hay un PIN del personal. Elija uno primero en la ventana del personal.',
  'kiosk.closedTitle': 'Esta pantalla está cerrada',
  'kiosk.closedLine': 'Aquí no se puede preguntar hasta que el personal la abra de nuevo.',

  'kiosk.calmTitle': 'Un momento, por favor',
  'kiosk.calmLine': {
    one: 'Se pulsaron demasiadas teclas a la vez. Continúa en {n} segundo.',
    many: 'Se pulsaron demasiadas teclas a la vez. Continúa en {n} segundos.',
    other: 'Se pulsaron demasiadas teclas a la vez. Continúa en {n} segundos.',
  },
  'kiosk.pasteTooLong': 'Es demasiado largo. Escriba una pregunta corta, por favor.',

  'kiosk.tour': 'Recorrido',
  'kiosk.tourStep': 'Pregunta {step} de {all}',
  'kiosk.tourNext': 'Preguntarla',
  'kiosk.bytesSent': { one: '{n} byte enviado', many: '{n} bytes enviados', other: '{n} bytes enviados' },
  'kiosk.onlyHere': 'Esta página solo puede hablar con este programa.',
  'kiosk.reset': 'Restablecer (F9)',
} as const
