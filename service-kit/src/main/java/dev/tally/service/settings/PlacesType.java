package dev.tally.service.settings;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Offsets in a topic, {@code PARTITION-OFFSET}, at most one for each partition. */
final class PlacesType implements SettingType<Map<Integer, Long>> {
    @Override
    public @Nullable Map<Integer, Long> parse(String text) {
        Map<Integer, Long> places = new TreeMap<>();
        for (String place : text.split(",", -1)) {
            String[] parts = place.strip().split("-", -1);
            if (parts.length != 2) {
                return null;
            }
            Long partition = SettingTypes.wholeNumber(parts[0]);
            Long offset = SettingTypes.wholeNumber(parts[1]);
            if (partition == null
                    || offset == null
                    || partition > Integer.MAX_VALUE
                    || places.put(partition.intValue(), offset) != null) {
                return null;
            }
        }
        return places;
    }

    @Override
    public String expected() {
        return "PARTITION-OFFSET, several joined by commas, as 3-1200,5-80";
    }

    @Override
    public String format(Map<Integer, Long> value) {
        return value.entrySet().stream()
                .map(place -> place.getKey() + "-" + place.getValue())
                .collect(Collectors.joining(","));
    }
}
