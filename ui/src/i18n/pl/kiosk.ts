// The visitors’ screen, in Polish.

export const kiosk = {
  'kiosk.askMe': 'Zapytaj mnie',
  'kiosk.touch': 'Dotknij ekranu, aby zacząć',
  'kiosk.topics': 'Tematy',
  'kiosk.chooseLanguage': 'Wybierz język',
  'kiosk.contrast': 'Mocny kontrast',

  'kiosk.listen': 'Czytaj na głos',
  'kiosk.stopListening': 'Przestań czytać',
  'kiosk.takeAlong': 'Zabierz ze sobą',
  'kiosk.takeAlongHow': 'Skieruj aparat telefonu na kwadrat. Zawiera tekst poniżej; nic nie jest wysyłane.',
  'kiosk.takeAlongPicture': 'Kwadrat dla aparatu telefonu. Zawiera tekst obok.',
  'kiosk.takeAlongCut': 'Kwadrat zawiera początek odpowiedzi.',

  'kiosk.stillThere': 'Czy nadal tu jesteś?',
  'kiosk.stillThereLine': {
    one: 'Za {n} sekundę ten ekran zapomni Twoje pytania.',
    few: 'Za {n} sekundy ten ekran zapomni Twoje pytania.',
    many: 'Za {n} sekund ten ekran zapomni Twoje pytania.',
    other: 'Za {n} sekundy ten ekran zapomni Twoje pytania.',
  },
  'kiosk.stay': 'Tak, dalej',
  'kiosk.finish': 'Nie, to wszystko',

  'kiosk.personLine': 'Pracownicy zobaczą, że czekasz. Nie musisz niczego wypełniać.',
  'kiosk.personContact': 'Imię i nazwisko lub numer telefonu',
  'kiosk.personNote': 'Czego to dotyczy?',
  'kiosk.personCall': 'Powiadom pracowników',
  'kiosk.personCalling': 'Powiadamiam pracowników…',
  'kiosk.personNumber': 'Twój numer',
  'kiosk.personBack': 'Powrót do moich pytań',
  'kiosk.personFailed': 'Nie udało się teraz powiadomić pracowników. Można skontaktować się z nimi tak:',
  'kiosk.personReplies': 'Tu pojawią się odpowiedzi pracowników.',
  'kiosk.staff': 'Pracownicy',

  'kiosk.keyboard': 'Klawiatura',
  'kiosk.keyShift': 'Wielkie litery',
  'kiosk.keyBackspace': 'Usuń jeden znak',
  'kiosk.keySpace': 'Spacja',
  'kiosk.keySend': 'Wyślij',
  'kiosk.keyNext': 'Następne pole',
  'kiosk.keyHide': 'Ukryj klawiaturę',
  'kiosk.keySigns': 'Cyfry i znaki',
  'kiosk.keyLetters': 'Litery',

  'kiosk.leaveTitle': 'Tylko dla pracowników',
  'kiosk.leaveNoPin': 'Nie ma jeszcze kodu PIN. Najpierw ustal go w oknie pracowników.',
  'kiosk.closedTitle': 'Ten ekran jest zamknięty',
  'kiosk.closedLine': 'Nie można tu pytać, dopóki pracownik go nie otworzy.',

  'kiosk.calmTitle': 'Chwileczkę',
  'kiosk.calmLine': {
    one: 'Naciśnięto zbyt wiele klawiszy naraz. Dalej za {n} sekundę.',
    few: 'Naciśnięto zbyt wiele klawiszy naraz. Dalej za {n} sekundy.',
    many: 'Naciśnięto zbyt wiele klawiszy naraz. Dalej za {n} sekund.',
    other: 'Naciśnięto zbyt wiele klawiszy naraz. Dalej za {n} sekundy.',
  },
  'kiosk.pasteTooLong': 'To za długie. Napisz krótkie pytanie.',

  'kiosk.tour': 'Pokaz',
  'kiosk.tourStep': 'Pytanie {step} z {all}',
  'kiosk.tourNext': 'Zadaj je',
  'kiosk.bytesSent': { one: 'Wysłano {n} bajt', few: 'Wysłano {n} bajty', many: 'Wysłano {n} bajtów', other: 'Wysłano {n} bajta' },
  'kiosk.onlyHere': 'Ta strona może rozmawiać tylko z tym programem.',
  'kiosk.reset': 'Wyzeruj (F9)',
} as const
