package dev.jiggety.desktop;

import dev.jiggety.desktop.fx.Marks;
import java.util.List;
import javafx.application.Application;

/**
 * The entry. Not an {@link Application} itself: the JVM would then look for JavaFX among the
 * modules before anything can be said about it.
 */
public final class Main {
  private static final int USAGE_ERROR = 2;

  private Main() {}

  public static void main(String[] words) {
    Arguments arguments;
    try {
      arguments = Arguments.parse(List.of(words), System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("jiggety desktop: " + e.getMessage());
      System.exit(USAGE_ERROR);
      return;
    }
    if (arguments.help()) {
      System.out.print(Arguments.USAGE);
      return;
    }
    Marks.say("main");
    Arguments asked = arguments;
    asked.hub().ifPresent(hub -> Warmup.begin(hub, asked.login()));
    Application.launch(DesktopApp.class, words);
  }
}
