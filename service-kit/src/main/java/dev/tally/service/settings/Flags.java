package dev.tally.service.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of the process of a service, of which there is one: {@code --http-port 8080} or
 * {@code --http-port=8080}.
 *
 * @param values the value of each flag given, by its name with the dashes
 * @param problems one sentence for each argument that is not the flag of the port, or lacks its value
 */
record Flags(Map<String, String> values, List<String> problems) {
    static Flags parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!name.equals(HttpSettings.PORT.flag())) {
                problems.add(argument + " is not an argument of this process");
            } else if (equals >= 0) {
                values.put(name, argument.substring(equals + 1));
            } else if (i + 1 < arguments.size()) {
                values.put(name, arguments.get(++i));
            } else {
                problems.add(name + " lacks its value");
            }
        }
        return new Flags(Map.copyOf(values), List.copyOf(problems));
    }
}
