package dev.jiggety.agent.result;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Whether the disk takes results; logged when that changes. For one thread at a time. */
final class Trouble {
  private static final Logger LOG = System.getLogger(Outbox.class.getName());

  private String text = "";

  boolean isOver() {
    return text.isEmpty();
  }

  /** One line for people; empty when all is well. */
  String text() {
    return text;
  }

  void began(Exception e) {
    if (isOver()) {
      LOG.log(
          Level.ERROR,
          "results cannot be kept on the disk, they wait in memory: {0}; make room on the disk",
          e.getMessage());
    }
    text = "results cannot be kept on the disk: " + e.getMessage();
  }

  void ended() {
    if (!isOver()) {
      LOG.log(Level.INFO, "results are kept on the disk again");
      text = "";
    }
  }
}
