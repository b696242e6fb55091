package dev.tally.system.harness;

import dev.tally.system.client.Scrape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The resource use of a process, measured from outside. */
public final class Heap {
    private static final double MIB = 1 << 20;

    private Heap() {}

    /** Mebibytes (2^20 bytes) of heap that are still in use after a full garbage collection. */
    public static double usedMib(TallyProcess process, URI service) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        CommandRun.run(Map.of(), List.of(jcmd, Long.toString(process.pid()), "GC.run"), "")
                .orFail();
        return Scrape.of(service).sum("jvm_memory_used_bytes", "area=\"heap\"") / MIB;
    }

    public static int threads(URI service) throws IOException {
        return (int) Scrape.of(service).sum("jvm_threads_live_threads", "");
    }
}
