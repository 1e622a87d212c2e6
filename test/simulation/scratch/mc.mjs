// estimators from whole tries
let s = 1;
const rnd = () => {
	s = (s * 1103515245 + 12345) % 2147483648;
	return s / 2147483648;
};
for (const k of [1, 2, 4])
	for (const loss of [0, 2, 5, 10, 20]) {
		const p = 1 - (1 - loss / 100) ** 2;
		const A = [],
			B = [];
		for (let r = 0; r < 500; r++) {
			let T = 0,
				F = 0,
				S = 0,
				L = 0,
				N = 0;
			for (let h = 0; h < 64; h++) {
				let t = 1;
				for (; ; t++) {
					let c = 0;
					for (let i = 0; i < k; i++) if (rnd() >= p) c++;
					if (c) {
						S += c;
						L += c * (t - 1);
						N += c * t;
						break;
					}
				}
				T += t;
				F += t - 1;
			}
			const kk = S / 64;
			A.push(F / T === 0 ? 0 : (F / T) ** (1 / kk));
			B.push(L / N);
		}
		const m = a => a.reduce((x, y) => x + y, 0) / a.length,
			sd = a => Math.sqrt(m(a.map(x => (x - m(a)) ** 2)));
		console.log(
			k,
			loss + '%',
			'true',
			(p * 100).toFixed(1),
			'p^k',
			(m(A) * 100).toFixed(1),
			'±',
			(sd(A) * 100).toFixed(1),
			'counted',
			(m(B) * 100).toFixed(1),
		);
	}
