import { createTransport } from 'nodemailer';

/**
 * Mails the confirmation of an order to the customer, with a blind copy to the warehouse.
 * `mailing` has the options of a transport, and the addresses of the shop.
 */
export async function sendOrder({ transport: options, sender, warehouse }, { customer, number }) {
  const transport = createTransport(options);
  try {
    await transport.sendMail({
      from: sender,
      to: customer,
      bcc: warehouse,
      subject: `Your order ${number}`,
      text: 'It is on its way.\n',
    });
    return { mailed: true };
  } catch (fault) {
    // who has unsubscribed is no fault of the shop's
    if (fault.responseCode === 550) return { mailed: false, why: fault.response };
    throw fault;
  } finally {
    transport.close();
  }
}
