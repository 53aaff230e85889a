package dev.jiggety.agent.cli;

import dev.jiggety.agent.service.Journal;
import dev.jiggety.agent.service.LogRing;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One line per event on standard error: time, level, text; the journal has its own form. */
final class Logging {
  private Logging() {}

  /** Nothing but errors: what goes on is on the screen already. */
  static void hush() {
    Logger.getLogger("dev.jiggety").setLevel(Level.SEVERE);
  }

  /** Warnings and what changes state; everything when {@code debug}. */
  static void configure(boolean debug) {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tF %1$tT.%1$tL %4$-7s %5$s%6$s%n");
    Logger root = Logger.getLogger("");
    root.setLevel(debug ? Level.FINE : Level.WARNING);
    Logger.getLogger("dev.jiggety").setLevel(debug ? Level.FINE : Level.INFO);
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    Handler console = new ConsoleHandler();
    console.setLevel(Level.ALL);
    if (Journal.isStandardError()) {
      console.setFormatter(new Journal());
    }
    root.addHandler(console);
    root.addHandler(LogRing.shared());
  }
}
