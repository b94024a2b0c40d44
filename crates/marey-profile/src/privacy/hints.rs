//! Words in names of columns that announce personal data, in seventeen languages.
//!
//! A phrase of words fits where these words follow each other in a name; a phrase of scripts
//! without blanks fits anywhere in it; a phrase behind `=` must be the whole name. Accents do not count, nor does whether words are joined.

use super::PersonalKind::{self, *};

/// Phrases by kind, several to a line, cut at `|`. Where several fit, the earlier line is taken.
pub(super) const HINTS: &[(PersonalKind, &str)] = &[
    (
        Email,
        "email|e mail|mail address|email address|emailaddress|courriel|correo|correo electronico|posta elettronica|mejl|epost|e post|eposta|e posta|sahkoposti|adres email|почта|электронная почта|емейл|邮箱|电子邮件|電子郵件|メール|이메일|البريد",
    ),
    (Imei, "imei"),
    (
        MacAddress,
        "mac address|mac addr|mac adresse|adresse mac|direccion mac|indirizzo mac|macaddress|mac адрес|mac地址|macアドレス",
    ),
    (
        IpAddress,
        "ip address|ip addr|ip adresse|adresse ip|direccion ip|indirizzo ip|ip adres|adres ip|endereco ip|ip adress|ip adresi|ipaddress|ipv4|ipv6|client ip|remote ip|=ip|ip адрес|ip地址|ipアドレス",
    ),
    (Iban, "iban"),
    (
        CardNumber,
        "credit card|card number|cardnumber|creditcard|debit card|card no|kreditkarte|kreditkartennummer|carte bancaire|carte de credit|numero de carte|tarjeta|tarjeta de credito|numero de tarjeta|carta di credito|numero carta|cartao de credito|cartao|numero do cartao|creditcardnummer|numer karty|karta kredytowa|kortnummer|kreditkort|kredi karti|kart numarasi|номер карты|кредитная карта|信用卡|银行卡|クレジットカード|カード番号|신용카드|kreditkarten nummer",
    ),
    (
        BankAccount,
        "bank account|account number|routing number|kontonummer|konto nummer|compte bancaire|numero de compte|cuenta bancaria|numero de cuenta|conto corrente|numero conto|conta bancaria|numero da conta|rekeningnummer|numer konta|bankkonto|hesap numarasi|номер счета|расчетный счет|банковский счет|银行账号|=账号|口座番号|계좌|=sort code|bban|=swift|=bic",
    ),
    (
        Passport,
        "passport|pass number|passport number|reisepass|reisepassnummer|passeport|pasaporte|passaporto|passaporte|paspoort|paspoortnummer|paszport|passnummer|pasaport|паспорт|护照|護照|パスポート|旅券|여권",
    ),
    (
        DrivingLicence,
        "driving licence|driving license|driver license|driver licence|drivers license|drivers licence|driver s license|fuhrerschein|fuhrerscheinnummer|permis de conduire|permiso de conducir|licencia de conducir|patente di guida|carteira de motorista|=cnh|carta de conducao|rijbewijs|rijbewijsnummer|prawo jazdy|korkort|korkortsnummer|surucu belgesi|ehliyet|водительское удостоверение|=права|驾驶证|驾照|運転免許|免許証|운전면허",
    ),
    (
        HealthNumber,
        "nhs number|nhs no|medical record number|mrn|health insurance number|medicare number|medicare id|medicaid id|krankenversichertennummer|versichertennummer|kvnr|numero de securite sociale carte vitale|tessera sanitaria|cartao sus",
    ),
    (
        NationalId,
        "ssn|social security|social security number|social insurance number|nino|national insurance|national insurance number|national id|national identification|national identity number|identity number|id card number|identity card|personal id number|personal identification number|citizen id|sozialversicherungsnummer|rentenversicherungsnummer|personalausweis|personalausweisnummer|ausweisnummer|svnr|=ahv|=nir|numero de securite sociale|securite sociale|=insee|=cni|carte d identite|=dni|=nie|=nif|documento de identidad|documento nacional|=cedula|cedula de ciudadania|curp|codice fiscale|carta d identita|=cpf|=rg|bilhete de identidade|cartao de cidadao|bsn|burgerservicenummer|sofinummer|rijksregisternummer|pesel|dowod osobisty|personnummer|fodselsnummer|cpr nummer|henkilotunnus|=hetu|=kimlik|tc kimlik|kimlik no|tckn|снилс|удостоверение личности|rodne cislo|=cnp|=egn|aadhaar|aadhar|身份证|身分證|身份證|マイナンバー|個人番号|주민등록번호|nric|mykad",
    ),
    (
        TaxId,
        "tax id|tax number|tax identification number|tax file number|taxpayer id|=tin|itin|tfn|steuernummer|steuer id|steueridentifikationsnummer|steuer identifikationsnummer|numero fiscal|numero fiscal de reference|identifiant fiscal|=rfc|partita iva individuale|numero de contribuinte|=contribuinte|=nip|numer identyfikacji podatkowej|skattenummer|vergi no|vergi numarasi|vergi kimlik|инн|налоговый номер|税号|納税者番号|納税",
    ),
    (
        Vin,
        "=vin|vehicle identification number|fahrgestellnummer|numero de chassis",
    ),
    (
        LicencePlate,
        "license plate|licence plate|plate number|number plate|registration plate|vehicle registration|kennzeichen|kfz kennzeichen|plaque d immatriculation|immatriculation|matricula del vehiculo|=matricula|=placa|placa del vehiculo|=targa|placa do veiculo|kenteken|numer rejestracyjny|registreringsnummer|regnummer|registreringsskylt|=plaka|номерной знак|госномер|车牌|車牌|ナンバープレート|번호판",
    ),
    (
        Secret,
        "password|passwd|=pwd|passwort|kennwort|mot de passe|contrasena|clave secreta|senha|wachtwoord|haslo|losenord|=sifre|=parola|пароль|密码|密碼|パスワード|비밀번호|api key|apikey|api token|access token|auth token|=secret|secret key|private key|client secret|password hash",
    ),
    (
        UserName,
        "username|user name|userid name|=login|login name|screen name|=nickname|nick name|user handle|twitter handle|benutzername|nutzername|nom d utilisateur|nom utilisateur|=pseudo|pseudonyme|identifiant de connexion|nombre de usuario|=usuario|nome utente|nome de usuario|nome do usuario|=utente|gebruikersnaam|nazwa uzytkownika|uzytkownik|anvandarnamn|kullanici adi|имя пользователя|логин|никнейм|用户名|使用者名稱|ユーザー名|ユーザ名|사용자 이름|아이디",
    ),
    (
        Phone,
        "phone|telephone|phone number|=tel|tel no|telno|=mobile|mobile number|mobile phone|=cell|cell phone|cellphone|=cellular|=fax|fax number|telefon|telefonnummer|=handy|handynummer|mobilnummer|rufnummer|mobiltelefon|numero de telephone|=portable|telefono|telefono movil|=celular|=movil|telefone|telemovel|cellulare|numero di telefono|telefoonnummer|telefoon|=mobiel|numer telefonu|komorka|telefon komorkowy|telefon numarasi|cep telefonu|=gsm|телефон|номер телефона|мобильный|电话|电话号码|=手机|手机号|電話|電話番号|携帯|携帯電話|전화|전화번호|휴대폰|الهاتف",
    ),
    (
        BirthDate,
        "birth date|birthdate|=born|date of birth|dateofbirth|dob|birthday|birth day|geburtsdatum|geburtstag|geb datum|geboren am|date de naissance|=naissance|=ne le|fecha de nacimiento|fecha nacimiento|fecnac|fecha nac|=nacimiento|data di nascita|=nascita|data de nascimento|data nascimento|=nascimento|geboortedatum|data urodzenia|=urodzenia|fodelsedatum|fodselsdato|dogum tarihi|дата рождения|день рождения|出生日期|=生日|生年月日|誕生日|생년월일|생일",
    ),
    (
        StreetAddress,
        "street address|streetaddress|home address|mailing address|postal address|address line|address line 1|address 1|residential address|billing address|shipping address|=address|=addr|=street|anschrift|=adresse|=strasse|strasse hausnummer|wohnadresse|postanschrift|adresse postale|=rue|adresse domicile|=direccion|=domicilio|=calle|direccion postal|=indirizzo|=via|=residenza|=endereco|=rua|=logradouro|=morada|=adres|=straat|straatnaam|straat huisnummer|woonadres|=ulica|adres zamieszkania|=adress|gatuadress|=gata|hemadress|=sokak|ev adresi|adresi|=адрес|=улица|домашний адрес|=地址|住址|=街道|家庭住址|=住所|=番地|주소|العنوان",
    ),
    (
        PersonName,
        "first name|firstname|fname|given name|givenname|forename|christian name|last name|lastname|lname|surname|family name|familyname|maiden name|middle name|full name|fullname|person name|customer name|client name|patient name|employee name|student name|contact name|contact person|cardholder|cardholder name|owner name|applicant name|passenger name|member name|user full name|name of person|vorname|nachname|familienname|zuname|rufname|geburtsname|vollstandiger name|vor und nachname|kundenname|mitarbeitername|ansprechpartner|prenom|nom de famille|nom complet|nom et prenom|nom prenom|nom du client|nom du patient|=nom|=nombre|=nombres|nombre completo|nombre y apellidos|nombre del cliente|apellido|apellidos|primer nombre|primer apellido|segundo apellido|cognome|nome e cognome|nome completo|=nome|nome do cliente|nome cliente|sobrenome|apelido|primeiro nome|voornaam|achternaam|familienaam|volledige naam|=naam|klantnaam|imie|nazwisko|imie i nazwisko|nazwisko rodowe|fornamn|efternamn|=namn|fullstandigt namn|for och efternamn|kundnamn|ad soyad|adi soyadi|soyad|soyadi|soyisim|=isim|фио|=имя|фамилия|отчество|полное имя|имя клиента|姓名|=名字|客户姓名|真实姓名|=姓|=名|氏名|お名前|=名前|苗字|顧客名|担当者名|フルネーム|이름|성명|성함",
    ),
    (
        Gender,
        "gender|=sex|geschlecht|=sexe|=genre|sexo|=genero|sesso|=genere|geslacht|=plec|=kon|cinsiyet|=пол|性别|性別|성별",
    ),
    (
        MaritalStatus,
        "marital status|marital|married|civil status|familienstand|etat civil|situation familiale|estado civil|stato civile|burgerlijke staat|stan cywilny|civilstand|medeni hal|medeni durum|семейное положение|婚姻状况|婚姻|結婚|혼인",
    ),
    (
        Nationality,
        "nationality|citizenship|place of birth|birth place|birthplace|country of birth|staatsangehorigkeit|nationalitat|geburtsort|geburtsland|nationalite|lieu de naissance|pays de naissance|nacionalidad|lugar de nacimiento|pais de nacimiento|nazionalita|cittadinanza|luogo di nascita|nacionalidade|naturalidade|nationaliteit|geboorteplaats|geboorteland|narodowosc|obywatelstwo|miejsce urodzenia|nationalitet|medborgarskap|fodelseort|uyruk|dogum yeri|гражданство|национальность|место рождения|国籍|出生地|국적",
    ),
    (
        Occupation,
        "occupation|job title|jobtitle|profession|employer|education level|highest degree|beruf|berufsbezeichnung|stellenbezeichnung|arbeitgeber|=metier|intitule de poste|employeur|ocupacion|profesion|=cargo|puesto de trabajo|occupazione|professione|mestiere|ocupacao|profissao|beroep|functietitel|zawod|stanowisko|yrke|befattning|=meslek|профессия|должность|职业|职务|職業|職種|직업",
    ),
    (
        Income,
        "salary|income|wage|net worth|annual income|gehalt|einkommen|lohn|salaire|revenu|salario|sueldo|ingreso mensual|stipendio|reddito|=renda|salaris|inkomen|wynagrodzenie|pensja|zarobki|=lon|arsinkomst|inkomst|=maas|=gelir|зарплата|доход|工资|薪水|年収|給与|급여",
    ),
    (
        Age,
        "age|patient age|=alter|edad|=eta|idade|leeftijd|wiek|=alder|=yas|возраст|年龄|年齢|나이",
    ),
    (
        Residence,
        "home city|city of residence|=residence|place of residence|wohnort|lieu de residence|lugar de residencia|ciudad de residencia|municipio residencia|departamento residencia|comune di residenza|woonplaats|miejsce zamieszkania|bostadsort|ikametgah|место жительства|居住地|거주지",
    ),
    (
        Biometrics,
        "fingerprint|finger print|fingerabdruck|empreinte digitale|huella dactilar|huella digital|impronta digitale|impressao digital|vingerafdruk|odcisk palca|fingeravtryck|parmak izi|отпечаток пальца|отпечатки пальцев|指纹|指紋|지문|face id|face encoding|face embedding|faceprint|retina scan|iris scan|iris code|voice print|voiceprint|biometric|biometric template|dna sequence|dna profile|genotype|genome",
    ),
    (
        SexualOrientation,
        "sexual orientation|sexuality|sexuelle orientierung|orientation sexuelle|orientacion sexual|orientamento sessuale|orientacao sexual|seksuele geaardheid|orientacja seksualna|sexuell laggning|cinsel yonelim|сексуальная ориентация|性取向|性的指向|성적 지향",
    ),
    (
        Religion,
        "religion|religious affiliation|religious belief|=faith|=denomination|konfession|religionszugehorigkeit|=glaube|confession religieuse|religione|religiao|religie|godsdienst|wyznanie|religia|=din|dini inanc|религия|вероисповедание|宗教|宗教信仰|종교",
    ),
    (
        Politics,
        "political party|party affiliation|party registration|political affiliation|political opinion|political view|political views|politische meinung|parteizugehorigkeit|parteimitgliedschaft|opinion politique|opinions politiques|affiliation politique|afiliacion politica|opinion politica|partido politico|opinione politica|orientamento politico|filiacao partidaria|opiniao politica|politieke voorkeur|politieke gezindheid|poglady polityczne|przynaleznosc partyjna|politisk asikt|partitillhorighet|siyasi gorus|политические взгляды|политические убеждения|партийность|政治面貌|政治观点|政治的見解|支持政党|정치 성향",
    ),
    (
        UnionMembership,
        "union membership|union member|=trade union|trade union membership|labor union|labour union|gewerkschaft|gewerkschaftsmitglied|gewerkschaftszugehorigkeit|=syndicat|appartenance syndicale|=sindicato|afiliacion sindical|iscrizione sindacale|=sindacato|filiacao sindical|=vakbond|vakbondslidmaatschap|zwiazek zawodowy|fackforening|fackligt medlemskap|=sendika|sendika uyeligi|профсоюз|членство в профсоюзе|工会会员|=工会|労働組合|노동조합",
    ),
    (
        Ethnicity,
        "ethnicity|ethnic group|ethnic origin|ethnic background|race ethnicity|=race|=ethnie|ethnische herkunft|ethnizitat|origine ethnique|=etnia|grupo etnico|origen etnico|etnicidad|origine etnica|origem etnica|=raca|cor raca|etniciteit|etnische afkomst|pochodzenie etniczne|etniskt ursprung|etnicitet|etnik koken|etnisite|этническая принадлежность|этническое происхождение|民族|种族|人種|民族性|민족|인종",
    ),
    (
        CriminalRecord,
        "criminal record|criminal history|=conviction|=convictions|=felony|arrest record|criminal convictions|vorstrafen|vorstrafe|strafregister|casier judiciaire|condamnation|antecedentes penales|=antecedentes|=condena|casellario giudiziale|precedenti penali|=condanna|antecedentes criminais|strafblad|strafregister uittreksel|karalnosc|=wyrok|brottsregister|belastningsregister|sabika|sabika kaydi|судимость|судимости|犯罪记录|前科|犯罪歴|범죄 경력",
    ),
    (
        Health,
        "diagnosis|disease|medical condition|medical history|health condition|health status|medication|=prescription|blood type|blood group|allergy|allergies|disability|hiv status|mental health|icd10|icd 10|icd code|=symptom|=symptoms|diagnose|krankheit|vorerkrankung|blutgruppe|allergie|allergien|behinderung|diagnostic|maladie|groupe sanguin|=handicap|diagnostico|enfermedad|grupo sanguineo|tipo de sangre|alergias|discapacidad|diagnosi|malattia|gruppo sanguigno|disabilita|doenca|tipo sanguineo|deficiencia|ziekte|bloedgroep|aandoening|diagnoza|choroba|grupa krwi|niepelnosprawnosc|sjukdom|blodgrupp|funktionsnedsattning|=tani|hastalik|kan grubu|engellilik|диагноз|заболевание|группа крови|инвалидность|诊断|疾病|血型|病史|過敏|診断|病名|血液型|既往歴|진단|혈액형",
    ),
];
