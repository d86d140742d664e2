/* SPDX-License-Identifier: ISC */
#include "common/cli/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
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
 * allocations at every start and crashes when one of them fails.
 */
#if defined(__x86_64__)
#define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCH AUDIT_ARCH_AARCH64
#else
#define THIS_ARCH 0 /* not known here: no filter */
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

static bool
unavailable(const char *what, int error)
{
	msg_verbose("running unconfined: %s: %s", what, strerror(error));
	return false;
}

/*
 * What reading, writing and allocating comes down to.  mprotect and executable
 * mappings stay, for the machine code that PCRE2 makes of patterns.
 */
static const int filter_calls[] = {
    SYS_read,
    SYS_readv,
    SYS_pread64,
    SYS_write,
    SYS_writev,
    SYS_pwrite64,
    SYS_lseek,
    SYS_close,
    SYS_dup,
    SYS_dup3,
    SYS_fstat,
    SYS_newfstatat,
    SYS_statx,
    SYS_faccessat,
    SYS_readlinkat,
    SYS_getcwd,
    SYS_fsync,
    SYS_fdatasync,
    SYS_ftruncate,
    SYS_fchmod,
    SYS_umask,
    SYS_fcntl,
    SYS_ioctl,
    SYS_flock,
    SYS_renameat,
    SYS_renameat2,
    SYS_unlinkat,
    SYS_brk,
    SYS_mmap,
    SYS_munmap,
    SYS_mremap,
    SYS_mprotect,
    SYS_madvise,
    SYS_futex,
    SYS_getrandom,
    /* qsort(3) asks how much memory there is, and believes what was on its
     * stack when nobody answers. */
    SYS_sysinfo,
    SYS_clock_gettime,
    SYS_gettimeofday,
    SYS_getpid,
    SYS_gettid,
    SYS_tgkill,
    SYS_kill,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_restart_syscall,
    SYS_sigaltstack,
    SYS_exit,
    SYS_exit_group,
#ifdef __x86_64__ /* older forms of some, gone from newer architectures */
    SYS_dup2,
    SYS_stat,
    SYS_lstat,
    SYS_access,
    SYS_readlink,
    SYS_rename,
    SYS_unlink,
    SYS_time,
#endif
};
static const int program_calls[] = {SYS_execve, SYS_execveat};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A program for the kernel's packet filter, which looks at each call. */
struct program {
	struct sock_filter code[4 * COUNT(filter_calls)];
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

/* Answers if what was loaded equals value. */
static void
emit_case(struct program *p, int value, unsigned answer)
{
	emit(p,
	    (struct sock_filter)BPF_JUMP(
		BPF_JMP | BPF_JEQ | BPF_K, (unsigned)value, 0, 1));
	emit_answer(p, answer);
}

/* Loads the number of the call; those of a foreign architecture are refused. */
static void
emit_start(struct program *p)
{
	emit_load(p, offsetof(struct seccomp_data, arch));
	emit(p,
	    (struct sock_filter)BPF_JUMP(
		BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCH, 1, 0));
	emit_answer(p, SECCOMP_RET_ERRNO | EPERM);
	emit_load(p, offsetof(struct seccomp_data, nr));
}

/* openat, as long as it only reads; else the number stays loaded. */
static void
emit_reading_open(struct program *p)
{
	const unsigned writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;

	/* The low half of the flags: both architectures are little-endian. */
	emit(p,
	    (struct sock_filter)BPF_JUMP(
		BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 4));
	emit_load(p, offsetof(struct seccomp_data, args[2]));
	emit(p,
	    (struct sock_filter)BPF_JUMP(
		BPF_JMP | BPF_JSET | BPF_K, writing, 1, 0));
	emit_answer(p, SECCOMP_RET_ALLOW);
	emit_answer(p, SECCOMP_RET_ERRNO | EPERM);
}

static bool
load(struct program *p)
{
	struct sock_fprog prog = {p->n, p->code};

	if (THIS_ARCH == 0)
		return unavailable("seccomp", ENOSYS);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog) == -1)
		return unavailable("seccomp", errno);
	return true;
}

/* All calls but these answer EPERM. */
static bool
refuse_others(bool writing)
{
	struct program p = {.n = 0};

	emit_start(&p);
	if (writing)
		emit_case(&p, SYS_openat, SECCOMP_RET_ALLOW);
	else
		emit_reading_open(&p);
	for (size_t i = 0; i < COUNT(filter_calls); i++)
		emit_case(&p, filter_calls[i], SECCOMP_RET_ALLOW);
	emit_answer(&p, SECCOMP_RET_ERRNO | EPERM);
	return load(&p);
}

bool
confine_to_filter(void)
{
	return !SANITIZED && refuse_others(false);
}

/* No execve in any form; everything else as before. */
static bool
refuse_programs(void)
{
	struct program p = {.n = 0};

	emit_start(&p);
#ifdef __x86_64__
	/* The x32 numbers of the same calls. */
	emit(&p,
	    (struct sock_filter)BPF_JUMP(
		BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
	emit_answer(&p, SECCOMP_RET_ERRNO | EPERM);
#endif
	for (size_t i = 0; i < COUNT(program_calls); i++)
		emit_case(&p, program_calls[i], SECCOMP_RET_ERRNO | EPERM);
	emit_answer(&p, SECCOMP_RET_ALLOW);
	return load(&p);
}

/* The kinds of writing this kernel can refuse: version 1 knows all but
 * truncating (3) and ioctl (5); 0 means there is no Landlock. */
static __u64
writing_rights(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	__u64 rights = LANDLOCK_ACCESS_FS_WRITE_FILE |
	    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
	    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
	    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
	    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
	    LANDLOCK_ACCESS_FS_MAKE_SYM;

	return version < 1 ? 0 : rights;
}

/* Paths that are missing or out of reach are left out: nothing can be written
 * below them either.  False if another cannot be allowed. */
static bool
allow_below(int ruleset, const char *path, __u64 rights)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = rights};
	bool done = true;

	if ((rule.parent_fd = open(path, O_PATH | O_CLOEXEC)) == -1)
		return errno == ENOENT || errno == ENOTDIR || errno == EACCES;
	/* A plain file takes only the right to be written. */
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH,
		&rule, 0) == -1) {
		rule.allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE;
		done = syscall(SYS_landlock_add_rule, ruleset,
			   LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	}
	close(rule.parent_fd);
	return done;
}

/* Also the folder of the file that is replaced in the end. */
static bool
allow_all(
    int ruleset, const char *const *paths, const char *replaced, __u64 rights)
{
	bool done = true;
	char *dir;

	for (; *paths != NULL; paths++)
		done = allow_below(ruleset, *paths, rights) && done;
	if (replaced != NULL) {
		dir = directory_of(replaced);
		done = allow_below(ruleset, dir,
			   LANDLOCK_ACCESS_FS_MAKE_REG |
			       LANDLOCK_ACCESS_FS_REMOVE_FILE) &&
		    done;
		free(dir);
	}
	return done;
}

static bool
restrict_writes(const char *const *paths, const char *replaced)
{
	struct landlock_ruleset_attr attr = {
	    .handled_access_fs = writing_rights()};
	bool done = true;
	int ruleset;

	if (attr.handled_access_fs == 0 ||
	    (ruleset = (int)syscall(
		 SYS_landlock_create_ruleset, &attr, sizeof(attr), 0)) == -1)
		return unavailable("Landlock", ENOSYS);
	/* What could not be allowed would be refused when all is done. */
	if (!allow_all(ruleset, paths, replaced, attr.handled_access_fs) ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    syscall(SYS_landlock_restrict_self, ruleset, 0) == -1)
		done = unavailable("Landlock", errno);
	close(ruleset);
	return done;
}

bool
confine_writes(const char *const *paths, const char *replaced)
{
	bool done;

	if (SANITIZED)
		return false;
	done = refuse_programs();
	return restrict_writes(paths, replaced) && done;
}

bool
confine_to_folder(const char *folder, const char *replaced)
{
	const char *const paths[] = {folder, NULL};
	bool done;

	if (SANITIZED)
		return false;
	done = restrict_writes(paths, replaced);
	return refuse_others(true) && done;
}
