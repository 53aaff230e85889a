package dev.jiggety.desktop.system;

import java.nio.file.Path;
import java.util.Map;

/** All that the program uses of the system's own. */
public record SystemParts(Vault vault, Notices notices, Opener opener) {
  /** Nothing: for tests and for who wants none of it. */
  public static final SystemParts NONE = new SystemParts(Vault.NONE, Notices.NONE, Opener.NONE);

  /** Those of this computer. */
  public static SystemParts find(String os, Map<String, String> environment, Path folder) {
    return new SystemParts(
        Vaults.of(os, environment, folder),
        Notices.find(os, environment),
        Opener.find(os, environment));
  }
}
