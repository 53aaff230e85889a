package dev.jiggety.agent.manager;

import dev.jiggety.model.Cause;

/** Causes as a line for people. */
final class Texts {
  private Texts() {}

  static String of(Cause cause) {
    return switch (cause) {
      case Cause.Planned planned -> planned.evidence();
      case Cause.Operator operator ->
          operator.act().label()
              + " by "
              + operator.by()
              + (operator.reason().isEmpty() ? "" : ": " + operator.reason());
      case Cause.Deadline deadline -> deadline.evidence();
      case Cause.Inconclusive inconclusive -> inconclusive.evidence();
      case Cause.AtFault fault ->
          String.join(", ", fault.tests()) + " fails on " + fault.node() + ", and did not before";
      case Cause.NodesFailed failed -> String.join(", ", failed.nodes()) + ": " + failed.error();
      case Cause.NotApplied not -> not.error();
      case Cause.Refused refused ->
          String.join(", ", refused.patches()) + ": " + String.join("; ", refused.problems());
      case Cause.Joined joined -> "rides with " + joined.ride();
    };
  }
}
