package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Api;
import dev.tally.system.client.Api.BatchForm;
import dev.tally.system.client.CounterRead;
import dev.tally.system.client.Hit;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.load.Settled;
import dev.tally.system.log.EventTopic;
import dev.tally.system.log.LogModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Counts the words of a text with one system: one hit for each word, one counter for each distinct word. */
final class TextCounting {
    private static final int WORDS_A_BATCH = 100;
    private static final int CLIENTS = 8;

    private final TallySystem system;
    private final Api api;
    private final WordCounts oracle;

    TextCounting(TallySystem system, WordCounts oracle) {
        this.system = system;
        this.api = new Api(system);
        this.oracle = oracle;
    }

    /** Sends one request for each word, from several clients. */
    void postSingly(String namespace) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Answer>> posts = new ArrayList<>();
            for (String word : oracle.words()) {
                posts.add(() -> api.postEmpty(CounterName.of(namespace, word)));
            }
            for (Future<Answer> answer : clients.invokeAll(posts)) {
                assertThat(answer.get().status()).as(answer.get().toString()).isEqualTo(202);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    void postInBatches(String namespace, BatchForm form) throws IOException {
        List<String> words = oracle.words();
        for (int from = 0; from < words.size(); from += WORDS_A_BATCH) {
            List<Hit> batch = words.subList(from, Math.min(from + WORDS_A_BATCH, words.size())).stream()
                    .map(word -> new Hit(CounterName.of(namespace, word), 1, ""))
                    .toList();
            Answer answer = api.post(batch, form);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            assertThat(answer.json().path("accepted").asInt()).isEqualTo(batch.size());
        }
    }

    /**
     * Fails unless every word of each namespace has its expected total. Each total is read when the whole log has been
     * applied.
     *
     * @param times how often the text was posted
     */
    void assertTotals(List<String> namespaces, int times, String when) {
        Map<String, Long> expected = new TreeMap<>();
        oracle.counts().forEach((word, count) -> expected.put(word, count * times));
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions(), system.registry())) {
            Settled settled = new Settled(api, new LogModel(topic.events(), system.partitions()));
            for (String namespace : namespaces) {
                Map<String, Long> totals = new TreeMap<>();
                for (String word : oracle.counts().keySet()) {
                    CounterRead read = settled.read(CounterName.of(namespace, word));
                    totals.put(word, read.total() == null ? -1 : read.total());
                }
                assertThat(totals).as(namespace + " " + when).isEqualTo(expected);
                assertThat(settled.read(CounterName.of(namespace, "no-such-word"))
                                .isUnknown())
                        .isTrue();
            }
        }
    }
}
