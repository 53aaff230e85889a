package dev.jiggety.desktop.trial;

import com.google.gson.JsonObject;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.model.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Small programs in the place of the headless one. */
public final class Scripts {
  private Scripts() {}

  /** Notes what it is given, and answers with a run. */
  public static Path answering(Path folder, Run run) throws IOException {
    JsonObject json = BatchDocument.write(run);
    json.addProperty("node", run.node());
    Files.writeString(folder.resolve("answer"), json + "\n");
    return script(folder, "cd '" + folder + "'; echo \"$@\" > arguments; cat > input; cat answer");
  }

  /** Complains. */
  static Path failing(Path folder, String complaint) throws IOException {
    return script(folder, "cat > /dev/null; echo '" + complaint + "' >&2; exit 1");
  }

  private static Path script(Path folder, String lines) throws IOException {
    Path file = folder.resolve("program");
    Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
