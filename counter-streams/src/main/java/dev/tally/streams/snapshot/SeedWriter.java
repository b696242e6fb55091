package dev.tally.streams.snapshot;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes entries into one partition of a changelog, in transactions of bounded size. For one thread. */
final class SeedWriter {
    private static final int TRANSACTION_BYTES_MAX = 16 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int partition;
    private boolean isOpen;
    private int bytes;

    SeedWriter(KafkaProducer<byte[], byte[]> producer, String topic, int partition) {
        this.producer = producer;
        this.topic = topic;
        this.partition = partition;
    }

    void write(byte[] key, byte[] value) {
        if (!isOpen) {
            producer.beginTransaction();
            isOpen = true;
        }
        var unused = producer.send(new ProducerRecord<>(topic, partition, key, value));
        bytes += key.length + value.length;
        if (bytes >= TRANSACTION_BYTES_MAX) {
            end();
        }
    }

    /** Returns when everything is committed; fails if a record was not written. */
    void end() {
        if (isOpen) {
            producer.commitTransaction();
            isOpen = false;
            bytes = 0;
        }
    }
}
