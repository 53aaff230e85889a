package dev.jiggety.agent.release;

import java.util.Map;

/**
 * Which program the boot script started: {@code packaging/common/boot} says so in {@value
 * #VARIABLE}.
 *
 * @param slot {@code a}, {@code b} or {@code installed}; empty when nobody started it who could
 *     start another one
 */
public record Boot(String slot) {
  /** The variable of the environment. */
  public static final String VARIABLE = "JIGGETY_SLOT";

  /** Ends the process so that the boot script starts what the pointer says, at once. */
  public static final int RESTART = 75;

  /** The program of the package, which is always there. */
  static final String INSTALLED = "installed";

  /** Nobody who could start another one. */
  public static final Boot NONE = new Boot("");

  /** As the environment says. */
  public static Boot of(Map<String, String> environment) {
    String slot = environment.getOrDefault(VARIABLE, "");
    return switch (slot) {
      case "a", "b", INSTALLED -> new Boot(slot);
      default -> NONE;
    };
  }

  /** Whether another program can take this one's place. */
  public boolean canSwitch() {
    return !slot.isEmpty();
  }
}
