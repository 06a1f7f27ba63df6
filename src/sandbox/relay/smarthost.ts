import SMTPConnection from 'nodemailer/lib/smtp-connection';

/** One email as it is handed over. */
export interface Delivery {
  /** Empty for the null reverse-path. */
  readonly reversePath: string;
  readonly forwardPath: string;
  readonly message: Uint8Array;
}

/** What the next host said to an email. */
export type HandOver =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'not now'; readonly why: string };

/** Hands emails to the next host, one after another on each of its sessions; a seam for proof. */
export interface SmarthostWriter extends AsyncDisposable {
  handOver(delivery: Delivery): Promise<HandOver>;
}

/** Idle sessions that are kept for the next email. */
const KEPT = 8;

/**
 * Writes to the smarthost over SMTP with nodemailer's connection, without its composer, so that the octets stay as
 * they are. Sessions are used again.
 */
export function openSmarthostWriter(smarthost: {
  readonly host: string;
  readonly port: number;
}): SmarthostWriter {
  const idle: SMTPConnection[] = [];
  const all = new Set<SMTPConnection>();

  const connect = async (): Promise<SMTPConnection> => {
    const connection = new SMTPConnection({
      ...smarthost,
      ignoreTLS: true,
      secure: false,
    });
    all.add(connection);
    connection.once('end', () => {
      all.delete(connection);
      const at = idle.indexOf(connection);
      if (at !== -1) idle.splice(at, 1);
    });
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((fault) => (fault ? reject(fault) : resolve()));
    });
    // a later fault of an idle session is its end, which is looked after above
    connection.on('error', () => undefined);
    return connection;
  };

  const send = (connection: SMTPConnection, delivery: Delivery): Promise<HandOver> =>
    new Promise((resolve) => {
      const envelope = { from: delivery.reversePath, to: [delivery.forwardPath], use8BitMime: true };
      connection.send(envelope, Buffer.from(delivery.message), (fault) => {
        resolve(fault === null ? { kind: 'taken' } : describeFault(fault));
      });
    });

  return {
    async handOver(delivery) {
      let connection: SMTPConnection;
      try {
        connection = idle.pop() ?? (await connect());
      } catch (fault) {
        return { kind: 'not now', why: fault instanceof Error ? fault.message : String(fault) };
      }
      const handedOver = await send(connection, delivery);
      if (handedOver.kind === 'taken' && idle.length < KEPT && all.has(connection)) idle.push(connection);
      else connection.close();
      return handedOver;
    },
    [Symbol.asyncDispose]: async () => {
      for (const connection of all) connection.close();
    },
  };
}

function describeFault(fault: Error & { readonly responseCode?: number | undefined }): HandOver {
  const permanent = fault.responseCode !== undefined && fault.responseCode >= 500;
  return { kind: permanent ? 'refused' : 'not now', why: fault.message };
}
