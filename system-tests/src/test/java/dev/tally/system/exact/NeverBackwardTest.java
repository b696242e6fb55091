package dev.tally.system.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import dev.tally.system.log.LogModel;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NeverBackwardTest {
    private static final CounterName COUNTER = CounterName.of("exact", "counter-1");
    private static final LogModel LOG = new LogModel(List.of(), 2);
    private static final int PARTITION = LOG.partitionOf(COUNTER);
    private static final int OTHER = 1 - PARTITION;

    @Test
    void shouldPassWhenReceiptsGoForwardOrTheProcessWasKilledInBetween() {
        assertThat(judge(
                        shown(0, COUNTER, PARTITION + "-4"),
                        shown(0, null, "0-4,1-4"),
                        shown(0, COUNTER, PARTITION + "-5"),
                        shown(2, COUNTER, PARTITION + "-3")))
                .isEmpty();
    }

    @Test
    void shouldFindAListThatLacksWhatATotalHasShown() {
        assertThat(judge(shown(0, COUNTER, PARTITION + "-4"), shown(0, null, PARTITION + "-3")))
                .hasSize(1);
        assertThat(judge(shown(0, COUNTER, PARTITION + "-4"), shown(0, null, OTHER + "-9")))
                .hasSize(1);
    }

    @Test
    void shouldFindATotalThatLacksWhatAListHasShown() {
        assertThat(judge(shown(0, null, "0-4,1-4"), shown(0, COUNTER, PARTITION + "-3")))
                .hasSize(1);
    }

    private static List<String> judge(Shown... shown) {
        return new NeverBackward()
                .violations(new ExactRun(List.of(), List.of(), List.of(), List.of(List.of(shown)), List.of(), LOG));
    }

    private static Shown shown(int life, @Nullable CounterName counter, String receipt) {
        String body = "{\"asOf\":{\"receipt\":\"" + receipt + "\"}}";
        return new Shown(life, counter, new Answer(200, HttpHeaders.of(Map.of(), (name, value) -> true), body));
    }
}
