package dev.tally.system.harness;

/** The three services as processes, on an external Kafka. */
public final class OnKafkaSystem extends PartsSystem {
    private final String kafka;

    /** @param kafka the {@code host:port} of Kafka */
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
