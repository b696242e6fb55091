// Reads and writes Tally's topics with other people's code: KafkaJS, and a client of Confluent's registry by the same people.
//
//   node client.mjs write BROKER REGISTRY SUBJECT NAMESPACE/COUNTER PARTITION DELTA
//   node client.mjs read BROKER REGISTRY TOPIC NAMESPACE/COUNTER
//
// write: takes the subject's newest schema from the registry and appends one event. read: prints the first record of a
// counter, decoded, as JSON.
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { Kafka, logLevel } from 'kafkajs';

const PATIENCE_MILLIS = 60_000;
const [command, broker, host, ...rest] = process.argv.slice(2);
const kafka = new Kafka({ clientId: 'independent', brokers: [broker], logLevel: logLevel.ERROR });
const registry = new SchemaRegistry({ host });

async function write(subject, key, partition, delta) {
  const schemaId = await registry.getLatestSchemaId(subject);
  const event = { operation: 'ADD', value: Number(delta), id: null, occurredAt: Date.now(), source: 'npm' };
  const value = await registry.encode(schemaId, event);
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic: 'tally.events', messages: [{ key, value, partition: Number(partition) }] });
  await producer.disconnect();
  console.log(JSON.stringify({ schemaId }));
}

async function read(topic, counter) {
  const consumer = kafka.consumer({ groupId: `independent-${Date.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const found = await new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`no record of ${counter} in ${topic}`)), PATIENCE_MILLIS).unref();
    consumer
      .run({
        eachMessage: async ({ message }) => {
          if (message.key?.toString() === counter) {
            resolve(await registry.decode(message.value));
          }
        },
      })
      .catch(reject);
  });
  console.log(JSON.stringify(found));
  await consumer.disconnect();
}

try {
  await (command === 'write' ? write(...rest) : read(...rest));
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
