package dev.tally.standalone.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.read.Receipts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LivePageParserTest {
    private static final String PAGE = "{\"namespace\":\"shop\",\"counters\":["
            + "{\"counter\":\"a \\\"ü\",\"total\":-9223372036854775808,\"updatedAt\":\"1970-01-01T00:00:01.234Z\"}],"
            + "\"next\":\"AW5l\",\"asOf\":{\"receipt\":\"0-1,3-7\",\"time\":null,\"lag\":0}}";

    @Test
    void shouldReadAPage() {
        assertThat(LivePageParser.parse(PAGE))
                .isEqualTo(new LivePage(
                        List.of(new LivePage.Counter("a \"ü", new CounterValue(Long.MIN_VALUE, 1_234))),
                        "AW5l",
                        Receipts.parse("0-1,3-7")));
        assertThat(LivePageParser.parse("{\"counters\":[],\"next\":null,\"asOf\":{\"receipt\":null}}"))
                .isEqualTo(new LivePage(List.of(), null, Receipts.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "<html>",
                "{}",
                "{\"counters\":[],\"asOf\":{\"receipt\":null}}",
                "{\"counters\":[],\"next\":null}",
                "{\"counters\":[],\"next\":null,\"asOf\":{}}",
                "{\"counters\":[],\"next\":null,\"asOf\":{\"receipt\":\"x\"}}",
                "{\"counters\":[],\"next\":null,\"asOf\":{\"receipt\":\"0-1\"}"
            })
    void shouldRefuseWhatIsNoPage(String body) {
        assertThat(LivePageParser.parse(body)).isNull();
    }

    @Test
    void shouldRefuseAPageWithADamagedField() {
        assertThat(LivePageParser.parse(PAGE.replace("-9223372036854775808", "9223372036854775808")))
                .isNull();
        assertThat(LivePageParser.parse(PAGE.replace("-9223372036854775808", "1.5")))
                .isNull();
        assertThat(LivePageParser.parse(PAGE.replace("-9223372036854775808", "\"1\"")))
                .isNull();
        assertThat(LivePageParser.parse(PAGE.replace("1970", "then"))).isNull();
        assertThat(LivePageParser.parse(PAGE.replace("\"counter\"", "\"name\"")))
                .isNull();
        assertThat(LivePageParser.parse(PAGE.substring(0, PAGE.length() / 2))).isNull();
    }
}
