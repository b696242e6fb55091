package dev.tally.system.harness;

/** The three services as processes, on a Kafka that somebody else has started. */
public final class OnKafkaSystem extends PartsSystem {
    private final String kafka;

    /** @param kafka its {@code host:port} */
    public OnKafkaSystem(String name, String kafka) {
        super(name);
        this.kafka = kafka;
    }

    @Override
    public String kafka() {
        return kafka;
    }

    @Override
    public void launch() {
        launch(STREAMS);
        launch(INGEST);
        launch(QUERY);
    }
}
