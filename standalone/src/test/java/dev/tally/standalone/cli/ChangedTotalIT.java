package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.standalone.Standalone;
import dev.tally.standalone.StandaloneSettings;
import dev.tally.streams.state.counter.StateFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** One total that was changed in the store of a partition, and nothing else: an audit names it, and a rebuild mends it. */
@Timeout(240)
class ChangedTotalIT {
    private static final CounterName CHANGED = CounterName.of("changed", "c-7");
    private static final long TOTAL = 41;

    @TempDir
    Path directory;

    private Standalone system;

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void shouldFindOneChangedTotalAndMendIt() throws Exception {
        // given
        start();
        TallyClient tally = new TallyClient(system.installation().http());
        for (int i = 0; i < 50; i++) {
            tally.post(CounterName.of("changed", "c-" + i), "{\"delta\":" + TOTAL + "}", "10s");
        }
        assertThat(audit().out().lines()).containsExactly("50 counters, 50 events, 0 mismatches");
        system.close();

        // when
        assertThat(changeTotals()).isEqualTo(1);
        start();
        TallyProcessRun audit = audit();
        TallyProcessRun refused = tally("rebuild", "--yes");
        TallyProcessRun drop = tally("drop", "g2");
        TallyProcessRun accepted = tally("rebuild", "--yes", "--accept-differences");

        // then
        assertThat(audit.exitCode()).as(audit.toString()).isEqualTo(ExitCode.FAILED);
        assertThat(audit.out().lines()).hasSize(2).last().isEqualTo("50 counters, 50 events, 1 mismatches");
        assertThat(audit.out()).startsWith("changed/c-7\t42\t41\t");
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.out().lines().filter(line -> line.startsWith("  changed/")))
                .singleElement()
                .asString()
                .startsWith("  " + CHANGED + " ");
        assertThat(drop.exitCode()).as(drop.toString()).isZero();
        assertThat(accepted.exitCode()).as(accepted.toString()).isZero();
        assertThat(audit().out().lines()).containsExactly("50 counters, 50 events, 0 mismatches");
    }

    private void start() throws Exception {
        Map<String, String> flags = Map.of("--http-port", "0", "--kafka-port", "0", "--data-dir", directory.toString());
        system = Standalone.start(StandaloneSettings.read(Map.of(), flags));
        system.ready().get(120, TimeUnit.SECONDS);
    }

    private TallyProcessRun audit() throws Exception {
        return tally("audit", "changed");
    }

    private TallyProcessRun tally(String... arguments) throws Exception {
        return TallyProcessRun.of(
                Map.of(
                        "TALLY_URL",
                        system.installation().http(),
                        "TALLY_KAFKA_BOOTSTRAP_SERVERS",
                        system.installation().kafka()),
                arguments);
    }

    /** Adds one to the total of the counter in every store that contains it. Returns in how many. */
    private int changeTotals() throws IOException, RocksDBException {
        RocksDB.loadLibrary();
        int changed = 0;
        try (Stream<Path> files = Files.walk(directory.resolve("streams"))) {
            for (Path file : files.filter(each -> each.endsWith("CURRENT")).toList()) {
                changed += changeTotal(file.getParent()) ? 1 : 0;
            }
        }
        return changed;
    }

    private static boolean changeTotal(Path store) throws RocksDBException {
        byte[] key = StateFormat.totalKey(CHANGED.toString().getBytes(UTF_8)).get();
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        try (Options options = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(options, store.toString())) {
                families.add(new ColumnFamilyDescriptor(name));
            }
        }
        try (RocksDB db = RocksDB.open(store.toString(), families, opened)) {
            for (ColumnFamilyHandle family : opened) {
                byte[] entry = db.get(family, key);
                if (entry != null) {
                    assertThat(StateFormat.total(entry).total()).isEqualTo(TOTAL);
                    entry[1] += 2; // the total is the second byte, in zigzag encoding
                    assertThat(StateFormat.total(entry).total()).isEqualTo(TOTAL + 1);
                    db.put(family, key, entry);
                    return true;
                }
            }
            return false;
        } finally {
            opened.forEach(ColumnFamilyHandle::close);
        }
    }
}
