package dev.tally.benchmarks.part;

import java.util.Optional;

/**
 * The whole path of a user's requests, with counting: {@code up}, and the same system as four processes, compared with
 * a counter in Redis behind an HTTP gateway.
 */
final class WholePart implements Part {
    static final int[] CONNECTIONS = {64, 256};

    static final String UP = "up";
    static final String WEBDIS = "webdis";

    @Override
    public void run(Workbench bench) {
        WholeRequests requests = WholeRequests.write(bench.directory());
        Optional<RedisGateway> gateway = RedisGateway.startIfInstalled(bench);
        WholeUp ofUp = new WholeUp(bench, requests, gateway);
        Standalone up = ofUp.measure();
        FourProcesses four = new FourProcesses(bench);
        new WholeFour(bench, requests, four).measure();
        new WholeReads(bench, requests, four, up, gateway).measure();
        four.end();
        bench.end(up.http());
        gateway.ifPresent(each -> each.end(bench));
    }
}
