package dev.jiggety.twill;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line with a command.
 *
 * @param number from 1
 * @param column where the command begins, from 1
 * @param text as it was written, without blanks around it and without a comment
 * @param command what it does
 * @param arguments as many as the command takes
 * @param cleanup for {@link Command#ADD_CLEANUP} the command to run in the end; else null
 */
public record Line(
    int number,
    int column,
    String text,
    Command command,
    List<Argument> arguments,
    @Nullable Line cleanup) {

  public Line {
    arguments = List.copyOf(arguments);
  }
}
