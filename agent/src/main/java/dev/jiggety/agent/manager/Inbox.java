package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.model.NodeStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What is told to the manager from outside, until its loop reads it. Bounded: operators' documents
 * wait on the hub when there are too many, and of each node only its last word is kept.
 */
final class Inbox {
  private static final System.Logger LOG = System.getLogger(Inbox.class.getName());
  private static final int MOST = 200;
  private static final int AT_ONCE = 50;

  /** In characters. */
  private static final long LARGEST = 40_000_000;

  private final Context context;
  private final Runnable read;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition taken = lock.newCondition();
  private final Deque<Told> patches = new ArrayDeque<>();
  private final Deque<Told> commands = new ArrayDeque<>();
  private final Map<String, NodeStatus> nodes = new LinkedHashMap<>();
  private final List<AutoCloseable> feeds = new ArrayList<>();
  private long size;
  private boolean isPosted;
  private boolean closed;

  private record Told(JsonObject document, int size) {}

  /**
   * @param read reads what there is, as a step of the manager
   */
  Inbox(Context context, Runnable read) {
    this.context = context;
    this.read = read;
  }

  /** Begins to listen. */
  void open() {
    feeds.add(context.ports().fleet().follow(this::node));
    feeds.add(context.ports().board().follow(new FromOperators()));
  }

  private final class FromOperators implements PatchBoard.Intake {
    @Override
    public void patch(JsonObject document) {
      add(patches, document);
    }

    @Override
    public void command(JsonObject document) {
      add(commands, document);
    }

    @Override
    public void connection(boolean connected, String reason) {
      if (connected) {
        context.notices().fine("the feed of patches");
      } else {
        context.notices().trouble("the feed of patches", reason);
      }
    }
  }

  private void node(NodeStatus status) {
    lock.lock();
    try {
      nodes.put(status.name(), status);
      post();
    } finally {
      lock.unlock();
    }
  }

  private void add(Deque<Told> queue, JsonObject document) {
    Told told = new Told(document, document.toString().length());
    lock.lock();
    try {
      while (!closed && !queue.isEmpty() && (queue.size() >= MOST || size > LARGEST)) {
        taken.awaitUninterruptibly();
      }
      if (!closed) {
        queue.add(told);
        size += told.size();
        post();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Called with the lock. */
  private void post() {
    if (!isPosted && !closed) {
      isPosted = true;
      context
          .loop()
          .post(() -> {
            lock.lock();
            try {
              isPosted = false;
            } finally {
              lock.unlock();
            }
            read.run();
          });
    }
  }

  /** What nodes said. */
  Collection<NodeStatus> nodes() {
    lock.lock();
    try {
      List<NodeStatus> all = List.copyOf(nodes.values());
      nodes.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Hands over the commands one by one; one that cannot be obeyed now is kept, and comes again. */
  void commands(Consumer<JsonObject> consumer) {
    for (List<Told> first = some(commands, 1); !first.isEmpty(); first = some(commands, 1)) {
      consumer.accept(first.getFirst().document());
      done(commands, first);
    }
  }

  /** Hands over some of the patches; they are kept, and come again, where that fails. */
  void patches(Consumer<List<JsonObject>> consumer) {
    List<Told> some = some(patches, AT_ONCE);
    if (!some.isEmpty()) {
      consumer.accept(some.stream().map(Told::document).toList());
      done(patches, some);
    }
  }

  private List<Told> some(Deque<Told> queue, int most) {
    lock.lock();
    try {
      return queue.stream().limit(most).toList();
    } finally {
      lock.unlock();
    }
  }

  private void done(Deque<Told> queue, List<Told> some) {
    lock.lock();
    try {
      for (Told told : some) {
        queue.poll();
        size -= told.size();
      }
      taken.signalAll();
      if (!queue.isEmpty()) {
        post();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is there is to be read once more. */
  void again() {
    lock.lock();
    try {
      post();
    } finally {
      lock.unlock();
    }
  }

  /** Ends listening. */
  void close() {
    lock.lock();
    try {
      closed = true;
      taken.signalAll();
    } finally {
      lock.unlock();
    }
    for (AutoCloseable feed : feeds) {
      try {
        feed.close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "a feed does not close: {0}", e.toString());
      }
    }
  }
}
