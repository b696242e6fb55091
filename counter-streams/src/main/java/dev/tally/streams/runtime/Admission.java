package dev.tally.streams.runtime;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decides which polled records may be counted now. For the thread that polls. */
interface Admission {
    /** The number of records, from the first on, that may be counted now. All records are of one partition. */
    int admissible(List<ConsumerRecord<byte[], byte[]>> records);

    /**
     * Called when a record that may not be counted now is withheld.
     *
     * @param first the first such record of its partition
     */
    Wait withhold(ConsumerRecord<byte[], byte[]> first);

    /** The wait of a withheld record. */
    interface Wait {
        /** Called before each poll. Returns whether the record may be polled again. */
        boolean isOver();

        /** Called once, when the record is no longer withheld, or another member or a new assignment starts before it. */
        void ended();
    }
}
