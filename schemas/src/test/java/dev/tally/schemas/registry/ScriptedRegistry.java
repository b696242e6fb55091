package dev.tally.schemas.registry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** A registry that holds the schemas given by a test. The test can make it unavailable. */
final class ScriptedRegistry implements Registry {
    final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    final Map<String, List<String>> subjects = new ConcurrentHashMap<>();
    final AtomicInteger questions = new AtomicInteger();
    volatile boolean away;
    volatile boolean refuses;

    @Override
    public int register(String subject, List<String> texts) {
        answers();
        if (refuses) {
            throw new RegistryRefusedException("no " + subject + " here", null);
        }
        subjects.put(subject, texts);
        return subject.startsWith("tally.events") ? 7 : 8;
    }

    @Override
    public Schema schema(int id) {
        answers();
        return schemas.get(id);
    }

    private void answers() {
        questions.incrementAndGet();
        if (away) {
            throw new RegistryUnavailableException("gone fishing", null);
        }
    }

    @Override
    public String name() {
        return "scripted";
    }
}
