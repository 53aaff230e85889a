package dev.jiggety.desktop.fx;

import javafx.animation.AnimationTimer;

/**
 * Says on standard output how far the start of the program is, for who measures it: a line {@code
 * mark NAME} each. Silent unless the system property {@value #PROPERTY} is {@code true}.
 */
public final class Marks {
  /** Who measures sets it. */
  public static final String PROPERTY = "jiggety.marks";

  /** What is handed over in one pulse is drawn when the second after it begins. */
  private static final int PULSES = 2;

  private static final boolean WANTED = Boolean.getBoolean(PROPERTY);

  private Marks() {}

  /** Whether anybody listens. */
  public static boolean isWanted() {
    return WANTED;
  }

  /** So far we are now. */
  public static void say(String name) {
    if (WANTED) {
      System.out.println("mark " + name);
      System.out.flush();
    }
  }

  /** So far we are as soon as what is on the scene now has been drawn. On the FX thread. */
  public static void sayWhenDrawn(String name) {
    if (WANTED) {
      whenDrawn(() -> say(name));
    }
  }

  /** Does something as soon as what is on the scene now has been drawn. On the FX thread. */
  public static void whenDrawn(Runnable action) {
    new AnimationTimer() {
      private int pulses;

      @Override
      public void handle(long now) {
        if (pulses++ == PULSES) {
          stop();
          action.run();
        }
      }
    }.start();
  }
}
