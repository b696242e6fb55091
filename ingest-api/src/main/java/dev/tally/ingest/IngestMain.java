package dev.tally.ingest;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.lifecycle.ServiceMain;
import dev.tally.service.lifecycle.ServiceProcess;
import dev.tally.service.settings.Environment;

/** Runs ingest-api in a process of its own. */
public final class IngestMain {
    private IngestMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run(() -> {
            Environment environment = Environment.ofProcess(SettingNames.ALL, arguments);
            IngestSettings settings = IngestSettings.read(environment);
            environment.verify();
            return ServiceProcess.start(settings.http(), registry -> IngestService.start(settings, registry));
        });
    }
}
