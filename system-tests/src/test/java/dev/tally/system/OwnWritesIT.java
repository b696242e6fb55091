package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Http;
import dev.tally.system.harness.SetUp;
import dev.tally.system.harness.SharedSystems;
import dev.tally.system.harness.TallySystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A writer gets the outcome of its event and reads its own write, whichever process answers. */
@ExtendWith(SharedSystems.class)
@ParameterizedClass
@EnumSource(
        value = SetUp.class,
        names = {"UP", "PARTS"})
class OwnWritesIT {
    private static final CounterName WAITED_FOR = CounterName.of("own", "waited-for");
    private static final CounterName READ_BACK = CounterName.of("own", "read-back");
    private static final int KINDS_ROUNDS = 100;

    @Parameter
    SetUp setUp;

    private TallySystem system;

    @BeforeEach
    void start() {
        system = SharedSystems.of(setUp);
    }

    @Test
    void shouldTellAWriterWhoWaitsWhatBecameOfEachEvent() throws IOException {
        // when, then
        assertCounted(write("POST", "{\"delta\":3,\"id\":\"a\"}"), "3", false);
        assertCounted(write("POST", "{\"delta\":3,\"id\":\"a\"}"), "3", true);
        assertReused(write("POST", "{\"delta\":5,\"id\":\"a\"}"), "ADD 3", "ADD 5");
        assertReused(write("PUT", "{\"total\":3,\"id\":\"a\"}"), "ADD 3", "SET 3");
        assertCounted(write("POST", "{\"delta\":3,\"id\":\"a\"}"), "3", true);
        assertCounted(write("PUT", "{\"total\":9223372036854775807}"), "9223372036854775807", false);

        // when
        Answer overflow = write("POST", "{\"delta\":1}");

        // then
        assertThat(overflow.status()).as(overflow.toString()).isEqualTo(409);
        assertThat(overflow.code()).isEqualTo("overflow");
        assertThat(overflow.json().path("receipt").asText()).isNotEmpty();

        // when
        Answer deleted = write("DELETE", "");

        // then
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
        assertThat(deleted.json().has("total")).isFalse();
    }

    @Test
    void shouldReadWhatWasWrittenOnceItIsAppliedAndCommitted() throws IOException {
        for (int i = 1; i <= 20; i++) {
            // given
            Answer written = Http.post(url(system.writeUrl(), READ_BACK, ""), "", "");
            assertThat(written.status()).as(written.toString()).isEqualTo(202);
            String receipt = written.json().path("receipt").asText();

            // when
            Answer read = Http.get(
                    url(system.readUrl(), READ_BACK, "?after=" + receipt + (i % 5 == 0 ? "&committed=true" : "")));

            // then
            assertThat(read.status()).as(read.toString()).isEqualTo(200);
            assertThat(read.json().path("total").asInt()).isEqualTo(i);
            assertThat(read.json().path("asOf").path("receipt").asText()).isEqualTo(receipt);
            assertThat(read.headers().firstValue("Tally-Receipt")).hasValue(receipt);
        }
    }

    @Test
    void shouldHaveAHitInEveryKindOfAnswerRightAfterAWriterWhoWaitedWasTold() throws IOException {
        for (int i = 0; i < KINDS_ROUNDS; i++) {
            // given
            CounterName counter = CounterName.of("kinds", "n" + i);
            URI target = system.writeUrl().resolve("/v1/counters/" + counter.path() + "?wait=30s");
            Answer written = Http.post(target, "", "");
            assertThat(written.status()).as(written.toString()).isEqualTo(200);

            // when, then: one kind of answer in each round, so that no earlier answer has flushed the pending state
            String own = "/v1/counters/" + counter.path();
            String all = "/v1/counters/kinds";
            switch (i % 4) {
                case 0 ->
                    assertThat(read(own + "/explain").path("adds").asInt()).isEqualTo(1);
                case 1 -> assertThat(deltas(read(own + "/history?step=minute"))).isEqualTo(1);
                case 2 -> assertThat(names(read(all + "?limit=1000"))).contains(counter.counter());
                default ->
                    assertThat(names(read(all + "?sort=-total&limit=1000"))).contains(counter.counter());
            }
        }
    }

    private JsonNode read(String path) throws IOException {
        Answer answer = Http.get(system.readUrl().resolve(path));
        assertThat(answer.status()).as(path + ": " + answer).isEqualTo(200);
        return answer.json();
    }

    private static int deltas(JsonNode history) {
        int sum = 0;
        for (JsonNode bucket : history.path("buckets")) {
            sum += bucket.path("delta").asInt();
        }
        return sum;
    }

    private static List<String> names(JsonNode list) {
        return list.path("counters").findValuesAsText("counter");
    }

    private Answer write(String method, String body) throws IOException {
        String type = body.isEmpty() ? "" : "application/json";
        return Http.send(method, url(system.writeUrl(), WAITED_FOR, "?wait=30s"), BodyPublishers.ofString(body), type);
    }

    private static void assertCounted(Answer answer, String total, boolean duplicate) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode json = answer.json();
        assertThat(json.path("total").asText()).isEqualTo(total);
        assertThat(json.path("duplicate").isBoolean()).isTrue();
        assertThat(json.path("duplicate").asBoolean()).isEqualTo(duplicate);
        assertThat(json.path("asOf").path("receipt").asText())
                .isEqualTo(json.path("receipt").asText());
    }

    private static void assertReused(Answer answer, String first, String now) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("id_reused");
        assertThat(answer.json().path("detail").asText()).contains(first).contains(now);
        assertThat(answer.json().path("receipt").asText()).isNotEmpty();
    }

    private static URI url(URI base, CounterName counter, String query) {
        return base.resolve("/v1/counters/" + counter.path() + query);
    }
}
