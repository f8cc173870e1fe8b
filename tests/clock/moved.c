/* Loaded into a redis-server (LD_PRELOAD): its wall clock is as far ahead as the number in the file CLOCK_AHEAD says. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile const int64_t *ahead; /* seconds */

__attribute__((constructor)) static void find(void) {
  const char *path = getenv("CLOCK_AHEAD");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) abort(); /* a clock that cannot be moved would make every test of it pass */
  void *shared = mmap(NULL, sizeof *ahead, PROT_READ, MAP_SHARED, file, 0);
  if (shared == MAP_FAILED) abort();
  ahead = shared;
  close(file);
}

int clock_gettime(clockid_t id, struct timespec *at) {
  long done = syscall(SYS_clock_gettime, id, at);
  if (done == 0 && ahead && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) at->tv_sec += *ahead;
  return (int)done;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) *at = now.tv_sec;
  return now.tv_sec;
}
