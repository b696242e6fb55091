package dev.tally.service.http.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnsentBytesTest {
    @Test
    void shouldRefuseBytesBeyondTheBoundUntilSomeAreSent() {
        // given
        UnsentBytes unsent = new UnsentBytes(10);
        assertThat(unsent.add(new byte[6])).isTrue();
        assertThat(unsent.add(new byte[4])).isTrue();

        // then
        assertThat(unsent.add(new byte[1])).isFalse();
        assertThat(unsent.add(new byte[0])).isTrue();

        // when
        send(unsent, 3);

        // then
        assertThat(unsent.count()).isEqualTo(7);
        assertThat(unsent.add(new byte[4])).isFalse();
        assertThat(unsent.add(new byte[3])).isTrue();
    }

    @Test
    void shouldGiveNothingToSendWhenEverythingIsSent() {
        UnsentBytes unsent = new UnsentBytes(10);
        assertThat(unsent.next()).isNull();
        unsent.add(new byte[2]);
        send(unsent, 2);
        assertThat(unsent.next()).isNull();
    }

    @Test
    void shouldKeepTheOrderOfAllBytesWhenTheyAreAddedAndSentInPieces() {
        // given
        long seed = Seed.next();
        Random random = new Random(seed);
        UnsentBytes unsent = new UnsentBytes(2_000);
        ByteArrayOutputStream added = new ByteArrayOutputStream();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();

        // when
        for (int i = 0; i < 20_000; i++) {
            byte[] piece = new byte[random.nextInt(100)];
            random.nextBytes(piece);
            if (unsent.add(piece)) {
                added.writeBytes(piece);
            }
            if (random.nextInt(3) > 0) {
                sent.writeBytes(send(unsent, random.nextInt(300)));
            }
        }
        while (unsent.count() > 0) {
            sent.writeBytes(send(unsent, 100));
        }

        // then
        assertThat(sent.toByteArray()).as("seed %d", seed).isEqualTo(added.toByteArray());
    }

    private static byte[] send(UnsentBytes unsent, int most) {
        ByteBuffer next = unsent.next();
        if (next == null) {
            return new byte[0];
        }
        byte[] sent = new byte[Math.min(most, next.remaining())];
        next.get(sent);
        unsent.sent(sent.length);
        return sent;
    }
}
