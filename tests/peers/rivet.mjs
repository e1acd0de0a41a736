// Zoom's own receiver of webhooks: answers 200 to a true signature, tells each event on a line.
import { MeetingsS2SAuthClient } from '@zoom/rivet/meetings';

const [port, secret] = process.argv.slice(2);
const client = new MeetingsS2SAuthClient({
  accountId: 'account', clientId: 'client', clientSecret: 'secret',
  webhooksSecretToken: secret, port: Number(port),
});
client.webEventConsumer.event('meeting.ended', ({ payload }) => {
  console.log(`ended ${payload.object.id}`);
});
await client.start();
