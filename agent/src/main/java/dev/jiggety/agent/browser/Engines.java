package dev.jiggety.agent.browser;

import dev.jiggety.model.Engine;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The engines that are there. Found when the first one is asked for, since they are heavy. */
public final class Engines {
  private static final Logger LOG = System.getLogger(Engines.class.getName());

  private static final class Found {
    private static final List<BrowserEngine> ALL = find();

    /** One that is broken is left out, and takes no other with it. */
    private static List<BrowserEngine> find() {
      List<BrowserEngine> engines = new ArrayList<>();
      Iterator<BrowserEngine> found = ServiceLoader.load(BrowserEngine.class).iterator();
      boolean more = true;
      while (more) {
        try {
          more = found.hasNext();
          if (more) {
            engines.add(found.next());
          }
        } catch (ServiceConfigurationError e) {
          LOG.log(Level.WARNING, "an engine is left out: {0}", e.getMessage());
        }
      }
      return List.copyOf(engines);
    }
  }

  private Engines() {}

  /** All of them, usable on this node or not. */
  public static List<BrowserEngine> all() {
    return Found.ALL;
  }

  /**
   * Why this node cannot play the browser that a test wants, with the remedy; empty when it can.
   */
  public static Optional<String> lacking(List<BrowserEngine> engines, Engine wanted) {
    for (BrowserEngine engine : engines) {
      if (engine.engine() == wanted) {
        return engine.missing();
      }
    }
    return Optional.of("this program has no engine " + wanted.label() + "; name another one");
  }

  /**
   * The one that a test wants.
   *
   * @throws BrowserException of kind internal, with the remedy, when this node has none such
   */
  public static BrowserEngine usable(List<BrowserEngine> engines, Engine wanted) {
    lacking(engines, wanted)
        .ifPresent(text -> {
          throw internal(text);
        });
    return engines.stream().filter(engine -> engine.engine() == wanted).findFirst().orElseThrow();
  }

  private static BrowserException internal(String text) {
    return new BrowserException(new Failure(ErrorKind.INTERNAL, null, text));
  }
}
