package dev.tally.benchmarks.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.Children;
import dev.tally.benchmarks.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisGatewayTest {
    @TempDir
    private Path directory;

    @Test
    void shouldAddUpTheValuesWhenSomeKeysAreMissing() {
        // given // when // then
        assertThat(RedisGateway.sumOf("{\"MGET\":[\"12\",null,\"3000000000\"]}"))
                .isEqualTo(3_000_000_012L);
    }

    @Test
    void shouldAppendEveryWriteAndListenOnLoopbackOnly() {
        // given // when // then
        assertThat(RedisGateway.redisConfiguration(directory, 4711).lines())
                .contains("appendonly yes", "bind 127.0.0.1", "port 4711", "dir " + directory);
        assertThat(RedisGateway.webdisConfiguration(directory, 4711, 4712))
                .contains("\"redis_port\": 4711", "\"http_host\": \"127.0.0.1\"", "\"http_port\": 4712")
                .contains(
                        "\"daemonize\": false", directory.resolve("webdis.log").toString());
    }

    @Test
    void shouldHoldTheGatewayToItsAnswersWhenItIsInstalled() {
        // given
        assumeThat(RedisGateway.missing())
                .as("webdis and redis-server are installed")
                .isEmpty();
        try (Children children = Children.open(directory)) {
            Report report = new Report(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
            Workbench bench = new Workbench(directory, directory, Amounts.quick(1), children, report);
            Optional<RedisGateway> gateway = RedisGateway.startIfInstalled(bench);
            RedisGateway redis = gateway.orElseThrow();

            // when
            redis.webdis().get("/INCR/bench:c-0");
            redis.webdis().get("/INCR/bench:c-0");
            redis.webdis().get("/INCR/bench:c-399");

            // then
            assertThat(redis.total(400)).isEqualTo(3);
            redis.verify(1, 2);
            Assertions.assertThatThrownBy(() -> redis.verify(1, 3))
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("only 2 are in Redis");
        }
    }
}
