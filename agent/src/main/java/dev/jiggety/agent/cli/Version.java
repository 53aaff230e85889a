package dev.jiggety.agent.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The program's version: what its package says that it is, else the manifest of its jar. */
final class Version implements IVersionProvider {
  static String text() {
    String packaged = System.getProperty("jiggety.version");
    return packaged != null
        ? packaged
        : Objects.requireNonNullElse(
            Version.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"jiggety " + text() + " (Java " + Runtime.version() + ")"};
  }
}
