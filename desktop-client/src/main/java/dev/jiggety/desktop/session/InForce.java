package dev.jiggety.desktop.session;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.PatchFeed;
import dev.jiggety.desktop.feed.PatchPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.PlainDocument;
import dev.jiggety.model.Head;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.PatchRepository;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is in force besides tests: windows, policies, channels, settings, strategies, keys. Read
 * when it is asked for, when another release is in force, and when the hub is back. FX thread only.
 */
public final class InForce {
  private final Tasks tasks;
  private final PatchRepository patches;
  private final PatchFeed feed;
  private final Consumer<Documents> listener;
  private @Nullable String digest;
  private boolean away;
  private boolean reading;
  private boolean closed;

  /**
   * The documents by their ids.
   *
   * @param known whether they were read at all
   */
  public record Documents(SortedMap<String, JsonObject> documents, boolean known) {
    /** Before anything was read. */
    public static final Documents UNKNOWN = new Documents(new TreeMap<>(), false);

    public Documents {
      documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
    }

    /** A document as it stands; null where there is none. */
    public @Nullable JsonObject find(String id) {
      return documents.get(id);
    }

    /** All of a kind that this version understands. */
    public <T> List<T> all(PlainDocument<T> type) {
      List<T> all = new ArrayList<>();
      documents.forEach((id, document) -> {
        if (id.startsWith(type.type() + ":") || id.equals(type.type())) {
          try {
            all.add(type.read(document));
          } catch (DocumentException e) {
            // A newer version's: its own screen says so.
          }
        }
      });
      return List.copyOf(all);
    }
  }

  private InForce(
      Tasks tasks, PatchRepository patches, PatchFeed feed, Consumer<Documents> listener) {
    this.tasks = tasks;
    this.patches = patches;
    this.feed = feed;
    this.listener = listener;
  }

  /** Follows them; tells on the FX thread. */
  public static Pin follow(Session session, Tasks tasks, Consumer<Documents> listener) {
    InForce inForce =
        new InForce(tasks, session.connection().patches(), session.rollouts(), listener);
    Pin pin = inForce.feed.subscribe(inForce::look);
    return () -> {
      inForce.closed = true;
      pin.close();
    };
  }

  private void look(PatchPicture picture) {
    Head head = picture.head();
    String now = head == null ? "" : head.active().digest();
    boolean lost = picture.link() instanceof Link.Away;
    if (!now.equals(digest) || (away && !lost)) {
      digest = now;
      read();
    }
    away = lost;
  }

  private void read() {
    if (reading) {
      return;
    }
    reading = true;
    String wanted = digest;
    tasks
        .create(this::documents)
        .onSuccess(documents -> {
          reading = false;
          if (!closed) {
            listener.accept(documents);
            if (!Objects.equals(digest, wanted)) {
              read();
            }
          }
        })
        .onError(
            HubException.class,
            e -> {
              reading = false;
              away = true; // read again when the hub is heard
            })
        .start();
  }

  private Documents documents() {
    SortedMap<String, JsonObject> others = new TreeMap<>();
    patches
        .inForce()
        .documents()
        .forEach((id, content) -> {
          if (!id.startsWith(Ids.test(""))) {
            others.put(id, Contents.document(content));
          }
        });
    return new Documents(others, true);
  }
}
