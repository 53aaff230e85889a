package dev.jiggety.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The headless program, of the classes that are tested, as something that can be started. */
final class Headless {
  private Headless() {}

  /** A script that starts it. */
  static Path script(Path folder) throws IOException {
    Path script = folder.resolve("jiggety");
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m \\
          --enable-native-access=ALL-UNNAMED -Djdk.virtualThreadScheduler.parallelism=8 \\
          --sun-misc-unsafe-memory-access=allow -Dsun.net.inetaddr.ttl=0 \\
          -cp '%s' dev.jiggety.agent.cli.Main "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  /** Whether somebody listens there. */
  static boolean isListening(URI address) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
