package dev.jiggety.agent.release;

import java.nio.file.Path;

/** Where the boot script of the packages is. */
public final class BootScript {
  private BootScript() {}

  /** In the checkout. */
  public static Path path() {
    return Path.of("..", "packaging", "common", "boot").toAbsolutePath().normalize();
  }
}
