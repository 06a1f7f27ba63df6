/** Which library a client is made with, as far as evidence shows: advice that names options is of that one alone. Pure. */

/** The libraries and programs whose options the check knows. */
export const libraries = [
  'nodemailer',
  'emailjs',
  'curl',
  'Django',
  'aiosmtplib',
  'smtplib',
  'Jakarta Mail',
  'PHPMailer',
  'Symfony Mailer',
  'Ruby net-smtp',
  'go-mail',
  'Go net/smtp',
  'lettre',
  'swaks',
  'msmtp',
  'Postfix',
] as const;

/** One of them. */
export type Library = (typeof libraries)[number];

/** What may show the library: headers that it writes, what it prints, and the command with the script that it names. */
export interface Clues {
  /** Header sections of messages. */
  readonly headers: readonly string[];
  /** What the program printed. */
  readonly output: string;
  /** The words of the command, and the text of the scripts among them. */
  readonly command: string;
}

interface Marks {
  readonly header?: RegExp;
  readonly output?: RegExp;
  readonly command?: RegExp;
}

const MARKS: Readonly<Record<Library, Marks>> = {
  nodemailer: {
    header: /^(?:x-mailer|user-agent):[^\n]*nodemailer/im,
    output: /node_modules[/\\]nodemailer[/\\]/,
    command: /(?:from|require\(|import\(|import)\s*['"]nodemailer['"/]/,
  },
  emailjs: {
    output: /node_modules[/\\]emailjs[/\\]/,
    command: /(?:from|require\(|import\()\s*['"]emailjs['"/]/,
  },
  curl: { output: /^curl: \(\d+\)/m, command: shellWord('curl') },
  Django: { output: /django[/\\]core[/\\]mail/, command: /\bdjango\.core\.mail\b/ },
  aiosmtplib: { output: /\baiosmtplib\b/, command: /^\s*(?:import|from)\s+aiosmtplib\b/m },
  smtplib: { output: /\bsmtplib\./, command: /^\s*(?:import|from)\s+smtplib\b/m },
  'Jakarta Mail': {
    header: /^message-id:[^\n]*\.JavaMail\./im,
    output: /\b(?:jakarta|javax)\.mail\b|\borg\.eclipse\.angus\.mail\b/,
    command: /\b(?:jakarta|javax)\.mail\b/,
  },
  PHPMailer: {
    header: /^x-mailer:[^\n]*PHPMailer/im,
    output: /PHPMailer\\PHPMailer/,
    command: /PHPMailer\\PHPMailer/,
  },
  'Symfony Mailer': {
    header: /^message-id:[^\n]*@symfony/im,
    output: /Symfony\\Component\\Mailer/,
    command: /Symfony\\Component\\Mailer/,
  },
  'Ruby net-smtp': { output: /\bnet\/smtp\.rb\b|\bNet::SMTP/, command: /require\s*\(?['"]net\/smtp['"]/ },
  'go-mail': {
    header: /^(?:x-mailer|user-agent):[^\n]*\bgo-mail\b/im,
    command: /github\.com\/wneessen\/go-mail/,
  },
  'Go net/smtp': { command: /"net\/smtp"/ },
  lettre: { header: /^user-agent:[^\n]*\blettre\b/im, output: /\blettre::/, command: /\blettre::/ },
  swaks: { header: /^x-mailer:[^\n]*\bswaks\b/im, command: shellWord('swaks') },
  msmtp: { output: /^msmtp: /m, command: shellWord('msmtp') },
  Postfix: { header: /^received:[^\n]*(?:\n[ \t][^\n]*)*\(Postfix/im, command: shellWord('postfix') },
};

/** Libraries that stand upon another: who shows the marks of both is the first. */
const BUILT_ON: Partial<Readonly<Record<Library, Library>>> = { Django: 'smtplib', 'go-mail': 'Go net/smtp' };

/** The library that the clues show, what it wrote itself first; `undefined` where they show none, or several. */
export function libraryOf({ headers, output, command }: Clues): Library | undefined {
  return (
    only(
      (marks) => marks.header !== undefined && headers.some((head) => marks.header?.test(head) === true),
    ) ??
    only((marks) => marks.output?.test(output) === true) ??
    only((marks) => marks.command?.test(command) === true)
  );
}

function only(isShown: (marks: Marks) => boolean): Library | undefined {
  const shown = libraries.filter((library) => isShown(MARKS[library]));
  const base = new Set(shown.map((library) => BUILT_ON[library]));
  const left = shown.filter((library) => !base.has(library));
  return left.length === 1 ? left[0] : undefined;
}

/** A program as the first word of a command, with or without its folder. */
function shellWord(program: string): RegExp {
  return new RegExp(String.raw`(?:^|[|;&(]|\bexec)[ \t]*(?:[\w./-]*/)?${program}(?=[ \t\n]|$)`, 'm');
}
