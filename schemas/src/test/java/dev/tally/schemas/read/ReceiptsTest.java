package dev.tally.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptsTest {
    @ParameterizedTest
    @ValueSource(strings = {"0-0", "3-17", "0-12,3-55", "0-1,1-1,2-9223372036854775807", "2147483647-1"})
    void shouldReadBackWhatWasGivenOut(String text) {
        assertThat(Receipts.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1-",
                "-1",
                "1-2-3",
                "1-2,",
                ",1-2",
                "1-2,,3-4",
                "01-2",
                "1-02",
                "+1-2",
                "1--2",
                " 1-2",
                "1-2 ",
                "1-2,1-3",
                "2-1,1-2",
                "2147483648-1",
                "1-9223372036854775808",
                "1-99999999999999999999",
                "x-1",
                "1-x",
                "\u0661-1"
            })
    void shouldBeNoneWhenTheTextWasNeverGivenOut(String text) {
        assertThat(Receipts.parse(text)).isNull();
    }

    @Test
    void shouldBeNoneWhenTheTextIsLongerThanAnyReceipt() {
        // given
        StringBuilder text = new StringBuilder("0-1");
        for (int i = 1; text.length() <= Receipts.TEXT_CHARS_MAX; i++) {
            text.append(',').append(i).append("-1");
        }

        // when, then
        assertThat(Receipts.parse(text.toString())).isNull();
        assertThat(Receipts.parse(text.substring(0, text.lastIndexOf(",")))).isNotNull();
    }

    @Test
    void shouldHaveRoomForTheLongestReceiptOfAsManyPartitionsAsATopicMayHave() {
        // given
        List<Receipt> longest = new ArrayList<>();
        for (int partition = 0; partition < Receipts.PARTITIONS_MAX; partition++) {
            longest.add(new Receipt(partition, Long.MAX_VALUE));
        }

        // when
        String text = Receipts.text(longest);

        // then
        assertThat(text).hasSizeLessThanOrEqualTo(Receipts.TEXT_CHARS_MAX);
        assertThat(Receipts.parse(text)).hasToString(text);

        // when
        longest.add(new Receipt(Receipts.PARTITIONS_MAX, Long.MAX_VALUE));

        // then
        assertThat(Receipts.text(longest)).hasSizeGreaterThan(Receipts.TEXT_CHARS_MAX);
    }

    @Test
    void shouldKnowThePartOfEachPartition() {
        // given
        Receipts receipts = Receipts.parse("0-12,3-55");

        // when, then
        assertThat(receipts).isNotNull();
        assertThat(receipts.of(3)).isEqualTo(new Receipt(3, 55));
        assertThat(receipts.of(1)).isNull();
        assertThat(receipts.partitionMax()).isEqualTo(3);
        assertThat(Receipts.NONE.partitionMax()).isEqualTo(-1);
    }
}
