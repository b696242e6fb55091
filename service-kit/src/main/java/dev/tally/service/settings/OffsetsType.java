package dev.tally.service.settings;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Offsets in a topic, {@code PARTITION-OFFSET}, at most one for each partition. */
final class OffsetsType implements SettingType<Map<Integer, Long>> {
    @Override
    public @Nullable Map<Integer, Long> parse(String text) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            String[] parts = part.strip().split("-", -1);
            if (parts.length != 2) {
                return null;
            }
            Long partition = SettingTypes.wholeNumber(parts[0]);
            Long offset = SettingTypes.wholeNumber(parts[1]);
            if (partition == null
                    || offset == null
                    || partition > Integer.MAX_VALUE
                    || offsets.put(partition.intValue(), offset) != null) {
                return null;
            }
        }
        return offsets;
    }

    @Override
    public String expected() {
        return "PARTITION-OFFSET, several joined by commas, as 3-1200,5-80";
    }
}
