/* SPDX-License-Identifier: ISC */
/* For what only Linux has. */
#define _GNU_SOURCE
#include "common/cli/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "common/base/msg.h"
#include "common/io/path.h"

/*
 * The filters are written here rather than by libseccomp: it makes some 700
 * allocations at every start and crashes when one of them fails.  They look at
 * the lower half of an argument where little-endian machines have it.
 */
#if defined(__x86_64__)
#define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#define THIS_ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define THIS_ARCH AUDIT_ARCH_RISCV64
#else
#define THIS_ARCH 0 /* not known here: Landlock only */
#endif

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool
unavailable(const char *what, int error)
{
	msg_verbose("not confined by %s: %s", what, strerror(error));
	return false;
}

/* ------------------------------------------------ seccomp: which calls */

/* Who needs a call. */
enum {
	ALL = 0, /* reading and writing what is open, and allocating */
	PATHS = 1, /* who still opens files, to read .. */
	WRITES = 2, /* .. or to write */
	FOLDERS = 4,
	NETWORK = 8,
	COMMANDS = 16
};

#if THIS_ARCH != 0

/* A condition on an argument; masked, it is one of the values, or none. */
struct condition {
	unsigned arg, mask;
	const unsigned *values;
	size_t n;
	bool none;
};

/* A call that is let through if all of its conditions hold. */
struct call {
	int number;
	unsigned who; /* any of these; ALL: everybody */
	const struct condition *conditions;
	size_t n;
};

#define IS(a, m, list)                         \
	{                                      \
		a, m, list, COUNT(list), false \
	}
#define IS_NOT(a, m, list)                    \
	{                                     \
		a, m, list, COUNT(list), true \
	}
#define IF(conditions) conditions, COUNT(conditions)
#define ALWAYS	       NULL, 0
#define ANY	       0xffffffffu

static const unsigned zero[] = {0};

/* Nobody needs O_TRUNC. */
static const struct condition opens_to_read[] = {
    IS(2, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, zero)};
static const struct condition opens[] = {IS(2, O_TRUNC, zero)};

/* What newer C libraries ask instead of TCGETS; its name is in a header that
 * does not go with theirs. */
#define TCGETS2_NUMBER 0x802c542au

/* A terminal's TIOCSTI would type into the shell that comes after us. */
static const unsigned queries[] = {
    TCGETS, TCGETS2_NUMBER, TIOCGWINSZ, FIONREAD, FIONBIO};
static const struct condition asks[] = {IS(1, ANY, queries)};

/* With these a file sends signals to any process of the user's. */
static const unsigned signal_senders[] = {
    F_SETOWN, F_SETSIG, F_SETOWN_EX, F_NOTIFY, F_SETLEASE};
static const struct condition sends_nothing[] = {
    IS_NOT(1, ANY, signal_senders)};

static const unsigned internet[] = {AF_INET, AF_INET6};
static const unsigned stream_or_datagram[] = {SOCK_STREAM, SOCK_DGRAM};
static const struct condition is_internet[] = {
    IS(0, ANY, internet), IS(1, 0xf, stream_or_datagram)};

/* How libcurl's threads wake it.  Streams cannot be turned to other ends. */
static const unsigned local[] = {AF_UNIX}, stream[] = {SOCK_STREAM};
static const struct condition is_own_pair[] = {
    IS(0, ANY, local), IS(1, 0xf, stream)};

/* Signals to this process, as abort() and the end by a signal send them. */
static unsigned own_pid[1];
static const struct condition is_own[] = {IS(0, ANY, own_pid)};

#define NAMESPACES                                                     \
	(CLONE_NEWCGROUP | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWNS | \
	    CLONE_NEWPID | CLONE_NEWUSER | CLONE_NEWUTS)
static const unsigned thread[] = {CLONE_THREAD};
static const struct condition makes_thread[] = {
    IS(0, CLONE_THREAD | NAMESPACES, thread)};

/*
 * mprotect and executable mappings stay, for the machine code that PCRE2 makes
 * of patterns.
 */
static const struct call calls[] = {
    {SYS_read, ALL, ALWAYS},
    {SYS_write, ALL, ALWAYS},
    {SYS_readv, ALL, ALWAYS},
    {SYS_writev, ALL, ALWAYS},
    {SYS_pread64, ALL, ALWAYS},
    {SYS_pwrite64, ALL, ALWAYS},
    {SYS_lseek, ALL, ALWAYS},
    {SYS_close, ALL, ALWAYS},
    {SYS_fstat, ALL, ALWAYS},
    {SYS_fsync, ALL, ALWAYS},
    {SYS_fdatasync, ALL, ALWAYS},
    {SYS_ftruncate, ALL, ALWAYS},
    {SYS_fcntl, ALL, IF(sends_nothing)},
    {SYS_ioctl, ALL, IF(asks)},
    {SYS_flock, ALL, ALWAYS},
    {SYS_ppoll, ALL, ALWAYS},
    {SYS_brk, ALL, ALWAYS},
    {SYS_mmap, ALL, ALWAYS},
    {SYS_munmap, ALL, ALWAYS},
    {SYS_mremap, ALL, ALWAYS},
    {SYS_mprotect, ALL, ALWAYS},
    {SYS_madvise, ALL, ALWAYS},
    {SYS_futex, ALL, ALWAYS},
    {SYS_getrandom, ALL, ALWAYS},
    /* qsort(3) asks how much memory there is, and believes what was on its
     * stack when nobody answers. */
    {SYS_sysinfo, ALL, ALWAYS},
    {SYS_clock_gettime, ALL, ALWAYS},
    {SYS_gettimeofday, ALL, ALWAYS},
    {SYS_nanosleep, ALL, ALWAYS},
    {SYS_clock_nanosleep, ALL, ALWAYS},
    {SYS_getpid, ALL, ALWAYS},
    {SYS_gettid, ALL, ALWAYS},
    {SYS_tgkill, ALL, IF(is_own)},
    {SYS_kill, ALL, IF(is_own)},
    {SYS_wait4, ALL, ALWAYS},
    {SYS_rt_sigaction, ALL, ALWAYS},
    {SYS_rt_sigprocmask, ALL, ALWAYS},
    {SYS_rt_sigreturn, ALL, ALWAYS},
    {SYS_restart_syscall, ALL, ALWAYS},
    {SYS_sigaltstack, ALL, ALWAYS},
    {SYS_exit, ALL, ALWAYS},
    {SYS_exit_group, ALL, ALWAYS},

    {SYS_openat, WRITES, IF(opens)},
    {SYS_openat, PATHS, IF(opens_to_read)},
    {SYS_newfstatat, PATHS, ALWAYS},
    {SYS_statx, PATHS, ALWAYS},
    {SYS_faccessat, PATHS, ALWAYS},
    {SYS_faccessat2, PATHS, ALWAYS},
    {SYS_readlinkat, PATHS, ALWAYS},
    {SYS_getdents64, PATHS, ALWAYS},
    {SYS_getcwd, PATHS, ALWAYS},
    {SYS_renameat2, WRITES, ALWAYS},
    {SYS_unlinkat, WRITES, ALWAYS},
    {SYS_mkdirat, FOLDERS, ALWAYS},

    {SYS_socket, NETWORK, IF(is_internet)},
    {SYS_socketpair, NETWORK, IF(is_own_pair)},
    {SYS_connect, NETWORK, ALWAYS},
    {SYS_shutdown, NETWORK, ALWAYS},
    {SYS_getsockname, NETWORK, ALWAYS},
    {SYS_getpeername, NETWORK, ALWAYS},
    {SYS_getsockopt, NETWORK, ALWAYS},
    {SYS_setsockopt, NETWORK, ALWAYS},
    {SYS_sendto, NETWORK, ALWAYS},
    {SYS_recvfrom, NETWORK, ALWAYS},
    {SYS_sendmmsg, NETWORK, ALWAYS},
    {SYS_recvmmsg, NETWORK, ALWAYS},
    {SYS_sendmsg, NETWORK | COMMANDS, ALWAYS},
    {SYS_recvmsg, NETWORK | COMMANDS, ALWAYS},
    {SYS_memfd_create, COMMANDS, ALWAYS},
    {SYS_pselect6, NETWORK, ALWAYS},
    {SYS_epoll_create1, NETWORK, ALWAYS},
    {SYS_epoll_ctl, NETWORK, ALWAYS},
    {SYS_epoll_pwait, NETWORK, ALWAYS},
    {SYS_eventfd2, NETWORK, ALWAYS},
    {SYS_pipe2, NETWORK, ALWAYS},
    {SYS_clone, NETWORK, IF(makes_thread)},
    {SYS_set_robust_list, NETWORK, ALWAYS},
    {SYS_rseq, NETWORK, ALWAYS},
    {SYS_membarrier, NETWORK, ALWAYS},
    {SYS_sched_yield, NETWORK, ALWAYS},
    {SYS_sched_getaffinity, NETWORK, ALWAYS},
    {SYS_uname, NETWORK, ALWAYS},
    {SYS_getuid, NETWORK | WRITES, ALWAYS},
    {SYS_geteuid, NETWORK | WRITES, ALWAYS},
    {SYS_getgid, NETWORK | WRITES, ALWAYS},
    {SYS_getegid, NETWORK | WRITES, ALWAYS},

#ifdef SYS_renameat
    {SYS_renameat, WRITES, ALWAYS},
#endif
#ifdef __x86_64__ /* older forms of some, gone from newer architectures */
    {SYS_poll, ALL, ALWAYS},
    {SYS_time, ALL, ALWAYS},
    {SYS_stat, PATHS, ALWAYS},
    {SYS_lstat, PATHS, ALWAYS},
    {SYS_access, PATHS, ALWAYS},
    {SYS_readlink, PATHS, ALWAYS},
    {SYS_rename, WRITES, ALWAYS},
    {SYS_unlink, WRITES, ALWAYS},
    {SYS_mkdir, FOLDERS, ALWAYS},
    {SYS_select, NETWORK, ALWAYS},
    {SYS_epoll_wait, NETWORK, ALWAYS},
    {SYS_pipe, NETWORK, ALWAYS},
#endif
};

/* Those the C library does without, if it is told that there is no such
 * call. */
static const int unknown_calls[] = {SYS_clone3, SYS_openat2};

/* A program for the kernel's packet filter, which looks at each call. */
struct program {
	struct sock_filter code[8 * COUNT(calls)];
	unsigned short n;
};

static void
emit(struct program *p, struct sock_filter instruction)
{
	p->code[p->n++] = instruction;
}

static void
emit_load(struct program *p, size_t offset)
{
	emit(p,
	    (struct sock_filter)BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, (unsigned)offset));
}

static void
emit_answer(struct program *p, unsigned answer)
{
	emit(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, answer));
}

/* Skips so many instructions if what was loaded equals value, else so many. */
static void
emit_equal(struct program *p, unsigned value, size_t yes, size_t no)
{
	emit(p,
	    (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value,
		(unsigned char)yes, (unsigned char)no));
}

/* Loads the number of the call; those of a foreign architecture are refused. */
static void
emit_start(struct program *p)
{
	emit_load(p, offsetof(struct seccomp_data, arch));
	emit_equal(p, THIS_ARCH, 1, 0);
	emit_answer(p, SECCOMP_RET_ERRNO | EPERM);
	emit_load(p, offsetof(struct seccomp_data, nr));
}

/* Refuses unless it holds.  A value that equals leads past what follows the
 * values: the refusal, or what leads past that. */
static void
emit_condition(struct program *p, const struct condition *c)
{
	emit_load(p, offsetof(struct seccomp_data, args) + 8 * c->arg);
	emit(p,
	    (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, c->mask));
	for (size_t i = 0; i < c->n; i++)
		emit_equal(p, c->values[i], c->n - i, 0);
	if (c->none)
		emit(p, (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 1));
	emit_answer(p, SECCOMP_RET_ERRNO | EPERM);
}

static size_t
condition_length(const struct condition *c)
{
	return 3 + c->n + c->none;
}

/* Answers if it is this call; else its number stays loaded. */
static void
emit_call(struct program *p, const struct call *c)
{
	size_t length = 1;

	for (size_t i = 0; i < c->n; i++)
		length += condition_length(&c->conditions[i]);
	emit_equal(p, (unsigned)c->number, 0, length);
	for (size_t i = 0; i < c->n; i++)
		emit_condition(p, &c->conditions[i]);
	emit_answer(p, SECCOMP_RET_ALLOW);
}

static bool
load(struct program *p)
{
	struct sock_fprog prog = {p->n, p->code};

	/* For all threads, should a library have begun some. */
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		SECCOMP_FILTER_FLAG_TSYNC, &prog) != 0)
		return unavailable("seccomp", errno);
	return true;
}

/* All calls but those that one of these needs. */
static bool
refuse_calls(unsigned who)
{
	struct program p = {.n = 0};

	own_pid[0] = (unsigned)getpid();
	emit_start(&p);
	for (size_t i = 0; i < COUNT(calls); i++)
		if (calls[i].who == ALL || (calls[i].who & who) != 0)
			emit_call(&p, &calls[i]);
	for (size_t i = 0; i < COUNT(unknown_calls); i++) {
		emit_equal(&p, (unsigned)unknown_calls[i], 0, 1);
		emit_answer(&p, SECCOMP_RET_ERRNO | ENOSYS);
	}
	emit_answer(&p, SECCOMP_RET_ERRNO | EPERM);
	return load(&p);
}

#else

static bool
refuse_calls(unsigned who)
{
	(void)who;
	return unavailable("seccomp", ENOSYS);
}

#endif

/* ----------------------------------------------- Landlock: which paths */

/* Of the newest version that is used here; headers may be older. */
#define LANDLOCK_VERSION 6
#define FS_REFER	 (1ULL << 13)
#define FS_TRUNCATE	 (1ULL << 14)
#define FS_IOCTL_DEV	 (1ULL << 15)
#define NET_BIND_TCP	 (1ULL << 0)
#define NET_CONNECT_TCP	 (1ULL << 1)
#define SCOPE_ABSTRACT	 (1ULL << 0)
#define SCOPE_SIGNAL	 (1ULL << 1)

/* As the kernel has it from version 6 on; older ones get less of it. */
struct ruleset {
	__u64 fs, net, scoped;
};

#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITING                                                        \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | \
	    LANDLOCK_ACCESS_FS_REMOVE_FILE | FS_TRUNCATE)
/* What is for anybody, and never allowed. */
#define OTHERS                                                             \
	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR |      \
	    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK |  \
	    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | \
	    LANDLOCK_ACCESS_FS_MAKE_SYM | FS_REFER | FS_IOCTL_DEV)
/* What a rule for a plain file may have. */
#define OF_A_FILE                                                       \
	(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | \
	    FS_TRUNCATE)

static const __u64 rights[] = {
    [CONFINE_READ] = READING,
    [CONFINE_WRITE] = READING | WRITING,
    [CONFINE_FOLDERS] = READING | WRITING | LANDLOCK_ACCESS_FS_MAKE_DIR,
};

/* -1 and errno if there is none. */
static int
make_ruleset(const struct confinement *c, struct ruleset *r)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);

	if (version < 1)
		return -1;
	*r = (struct ruleset) {
	    .fs = WRITING | LANDLOCK_ACCESS_FS_MAKE_DIR | OTHERS |
		(c->reads ? 0 : READING),
	    .net = NET_BIND_TCP | (c->network ? 0 : NET_CONNECT_TCP),
	    .scoped = SCOPE_ABSTRACT | SCOPE_SIGNAL,
	};
	if (version < 2)
		r->fs &= ~FS_REFER;
	if (version < 3)
		r->fs &= ~FS_TRUNCATE;
	if (version < 5)
		r->fs &= ~FS_IOCTL_DEV;
	if (version < LANDLOCK_VERSION)
		msg_verbose("confined by Landlock %ld, which refuses less "
			    "than %d does",
		    version, LANDLOCK_VERSION);
	return (int)syscall(SYS_landlock_create_ruleset, r,
	    version < 4	      ? offsetof(struct ruleset, net)
		: version < 6 ? offsetof(struct ruleset, scoped)
			      : sizeof(*r),
	    0);
}

/* Paths that are missing or out of reach are left out: nothing can be done
 * below them either.  False and errno if another cannot be allowed. */
static bool
allow_below(int ruleset, const char *path, __u64 allowed)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = allowed};
	bool done = true;

	if (allowed == 0)
		return true;
	if ((rule.parent_fd = open(path, O_PATH | O_CLOEXEC)) == -1)
		return errno == ENOENT || errno == ENOTDIR || errno == EACCES;
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH,
		&rule, 0) == -1) {
		rule.allowed_access &= OF_A_FILE;
		done = syscall(SYS_landlock_add_rule, ruleset,
			   LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	}
	close(rule.parent_fd);
	return done;
}

/* The next operand that waits, of list *l from number *i on, or NULL. */
static const char *
next_waiting(const struct confinement *c, size_t *l, size_t *i)
{
	const char *path;

	for (; *l < COUNT(c->waiting); ++*l, *i = 0)
		if (c->waiting[*l] != NULL && c->waiting[*l]->v != NULL &&
		    (path = operands_waiting(c->waiting[*l], i)) != NULL)
			return path;
	return NULL;
}

/* They may be read; of one that is not there yet, only the folder is. */
static bool
allow_waiting(int ruleset, const struct confinement *c, __u64 handled)
{
	size_t l = 0, i = 0;
	bool done = true;
	const char *path;
	char *dir;

	while (done && (path = next_waiting(c, &l, &i)) != NULL) {
		dir = directory_of(path);
		done =
		    allow_below(ruleset, access(path, F_OK) == 0 ? path : dir,
			rights[CONFINE_READ] & handled);
		free(dir);
	}
	return done;
}

static bool
refuse_paths(const struct confinement *c)
{
	const struct confine_place *p = c->places;
	struct ruleset r;
	int ruleset = make_ruleset(c, &r);
	bool done = true;

	if (ruleset == -1)
		return unavailable("Landlock", errno);
	for (; p != NULL && p->path != NULL && done; p++)
		done = allow_below(ruleset, p->path, rights[p->right] & r.fs);
	done = done && allow_waiting(ruleset, c, r.fs);
	/* What could not be allowed would be refused when all is done. */
	if (!done || syscall(SYS_landlock_restrict_self, ruleset, 0) == -1)
		done = unavailable("Landlock", errno);
	close(ruleset);
	return done;
}

/* -------------------------------------------------------------- together */

static unsigned
who_is(const struct confinement *c)
{
	size_t l = 0, i = 0;
	unsigned who =
	    (c->reads || next_waiting(c, &l, &i) != NULL ? PATHS : 0) |
	    (c->network ? NETWORK : 0) | (c->commands ? COMMANDS : 0);

	for (const struct confine_place *p = c->places;
	     p != NULL && p->path != NULL; p++)
		who |= PATHS | (p->right >= CONFINE_WRITE ? WRITES : 0) |
		    (p->right >= CONFINE_FOLDERS ? FOLDERS : 0);
	return who;
}

bool
confine(const struct confinement *c)
{
	bool done;

	if (SANITIZED)
		return false;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		return unavailable("seccomp and Landlock", errno);
	done = refuse_paths(c);
	return refuse_calls(who_is(c)) && done;
}

bool
confine_to_filter(const struct operands *files)
{
	return confine(&(struct confinement) {.waiting = {files}});
}
