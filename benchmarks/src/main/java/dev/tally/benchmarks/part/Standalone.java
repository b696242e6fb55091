package dev.tally.benchmarks.part;

import dev.tally.benchmarks.process.Child;

/** {@code scripts/tally up}: the broker and all services in one process. */
record Standalone(HttpChild http, Broker broker) {
    Child child() {
        return http.child();
    }
}
